import { URN } from '../../urn.ts';
import { COMMON_ATTRIBUTES } from '../common-attributes.ts';
import { withoutAlias } from '../schema-urns.ts';
import { isSameName } from './customization.ts';
import { MAX_NAME_LENGTH, MAX_URN_LENGTH } from './limits.ts';

/** `urn:` and a namespace (RFC 8141 §2), then what a filter can name without quotes and an address below /Schemas without escapes. */
const URN_FORM = /^urn:[a-z\d][a-z\d-]{0,31}:[\w.:-]*[\w-]$/i;

/** RFC 7643 §2.1, `ATTRNAME`. */
const ATTRIBUTE_NAME = /^[a-z][\w$-]*$/i;

const IDENTIFIER = /^[a-z][\w-]*$/i;

/** One segment of a path. */
const ENDPOINT = /^\/[a-z][\w-]*$/i;

/** Words that keys of the table begin with, in `src/dynamodb/keys.ts`, or are kept for it; names of the service's own. */
export const RESERVED_TYPE_NAMES: readonly string[] = [
  'Alive',
  'Application',
  'Assertion',
  'Audit',
  'Bookmark',
  'Brake',
  'Bulk',
  'Change',
  'Count',
  'Event',
  'Feed',
  'Group',
  'Job',
  'Kept',
  'Lookup',
  'Me',
  'Member',
  'Outbox',
  'Profile',
  'Removed',
  'Restored',
  'Report',
  'ResourceType',
  'Schema',
  'Search',
  'Seats',
  'ServiceProviderConfig',
  'Settings',
  'Tenant',
  'Unique',
  'User',
];

/** RFC 7644 §3.2, and what an endpoint beside SCIM may come to need. */
const RESERVED_ENDPOINTS: readonly string[] = [
  '/Bulk',
  '/Me',
  '/ResourceTypes',
  '/Schemas',
  '/Search',
  '/ServiceProviderConfig',
  '/events',
  '/health',
  '/oauth2',
];

/** Says what is wrong with the name of a top-level attribute; undefined if nothing is. */
export function attributeNameFault(name: string): string | undefined {
  const isCommon = COMMON_ATTRIBUTES.some((common) => isSameName(common.name, name));
  return isCommon
    ? 'every resource has an attribute of this name already (RFC 7643 §3.1); choose another'
    : nameFault(name, ATTRIBUTE_NAME);
}

/** RFC 7643 §2.4 itself names one `$ref`. */
export const subAttributeNameFault = (name: string): string | undefined => (name === '$ref' ? undefined : nameFault(name, ATTRIBUTE_NAME));

export function typeNameFault(name: string): string | undefined {
  const isReserved = RESERVED_TYPE_NAMES.some((reserved) => isSameName(reserved, name));
  return isReserved ? 'a new resource type cannot be called this: the service uses the name itself' : nameFault(name, IDENTIFIER);
}

export function endpointFault(endpoint: string): string | undefined {
  if (endpoint.length > MAX_NAME_LENGTH || !ENDPOINT.test(endpoint))
    return `must be a slash and one name of letters, digits, "-" and "_", such as "/Devices", with at most ${MAX_NAME_LENGTH} characters`;
  return RESERVED_ENDPOINTS.some((reserved) => isSameName(reserved, endpoint))
    ? 'is taken by the service itself; choose another'
    : undefined;
}

export function urnFault(urn: string): string | undefined {
  if (urn.length > MAX_URN_LENGTH || !URN_FORM.test(urn)) {
    return `must be a URN of letters, digits, "_", ".", ":" and "-" such as "urn:example:scim:schemas:Device", with at most ${MAX_URN_LENGTH} characters`;
  }
  if (Object.values(URN).some((own) => isSameName(own, urn)) || /^urn:ietf:params:scim:api:/i.test(urn))
    return 'names a message or a schema of the protocol itself; choose another';
  return withoutAlias(urn) === urn && !/^urn:scim:schemas:core:/i.test(urn)
    ? undefined
    : 'is taken for a schema of SCIM 1 or of the drafts of SCIM 2; choose another';
}

function nameFault(name: string, form: RegExp): string | undefined {
  if (name.length <= MAX_NAME_LENGTH && form.test(name)) return undefined;
  const others = form === ATTRIBUTE_NAME ? '"$", "-" and "_"' : '"-" and "_"';
  return `the name must begin with a letter, go on with letters, digits, ${others} (RFC 7643 §2.1), and have at most ${MAX_NAME_LENGTH} characters`;
}
