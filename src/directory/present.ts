import type { JsonObject } from '../scim/json.ts';
import { renderResource } from '../scim/render.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { RequestContext } from './context.ts';
import { putTogether } from './document.ts';
import type { Loaded } from './ports.ts';

/** Renders the resource whole, as the calling application sees it. */
export function present(type: ResourceType, { resource, groups, members }: Loaded, { principal, baseUrl }: RequestContext): JsonObject {
  return renderResource(
    type,
    {
      id: resource.id,
      document: putTogether(type, resource, principal.application),
      created: resource.created,
      lastModified: resource.lastModified,
      version: resource.version,
      ...(groups === undefined ? {} : { groups }),
      ...(members === undefined ? {} : { members }),
    },
    baseUrl,
  );
}
