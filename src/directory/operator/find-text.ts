import { ADMINISTRATION } from '../../access/application.ts';
import { findPath } from '../../scim/schema/lookup.ts';
import type { ResourceType } from '../../scim/schema/resource-type.ts';
import { indexOf } from '../index-entries.ts';

/** Filters that each find by a key what is exactly this text, and whether each application has such a key of its own. */
export const exactly = (type: ResourceType, text: string): readonly { readonly filter: string; readonly isScoped: boolean }[] =>
  ['id', ...searched(type)]
    .filter((path) => path === 'id' || indexOf(type, path, text, ADMINISTRATION) !== undefined)
    .map((path) => ({
      filter: `${path} eq ${JSON.stringify(path === 'id' ? text.toLowerCase() : text)}`,
      isScoped: path === 'externalId',
    }));

/** A filter for what has this text in any of the attributes people know it by. */
export const containing = (type: ResourceType, text: string): string =>
  searched(type)
    .map((path) => `${path} co ${JSON.stringify(text)}`)
    .join(' or ');

const KNOWN_BY: readonly string[] = ['userName', 'displayName', 'emails.value', 'externalId'];

const searched = (type: ResourceType): readonly string[] =>
  [...new Set([...type.subjectAttributes, ...KNOWN_BY])].filter((path) => findPath(type, path) !== undefined);
