import type { ChangeStamp } from '../directory/ports.ts';
import type { Member, Profile, StoredResource } from '../directory/resource.ts';
import { isObject, type JsonObject } from '../scim/json.ts';
import { type Attributes, document, MalformedItem, number, optionalNumber, optionalText, text } from './item.ts';
import { changeOf } from './staged/change-state.ts';

/** What a resource row remembers of its last change; the change feed reads it. */
export type LastChange = ChangeStamp & {
  /** Of a resource that is there again; absent of one that is new. */
  readonly act?: 'restored' | undefined;
  readonly added?: readonly string[] | undefined;
  readonly removed?: readonly string[] | undefined;
  /** In place of these, the id of a large change, whose manifest names them. */
  readonly manifest?: string | undefined;
};

export const resourceRow = (resource: StoredResource, lastChange: LastChange): Attributes => ({
  version: resource.version,
  created: resource.created,
  lastModified: resource.lastModified,
  createdBy: resource.createdBy,
  createdAs: resource.createdAs,
  nameVersion: resource.nameVersion,
  seat: resource.seat,
  externalIds: JSON.stringify(resource.externalIds),
  attributes: JSON.stringify(resource.attributes),
  profile: resource.profile && JSON.stringify(resource.profile),
  lastChange: JSON.stringify(lastChange),
});

export function toResource(type: string, row: Attributes): StoredResource {
  const nameVersion = optionalNumber(row, 'nameVersion');
  const createdAs = optionalText(row, 'createdAs');
  const said = optionalNumber(row, 'said');
  return {
    type,
    id: text(row, 'sk'),
    version: number(row, 'version'),
    created: text(row, 'created'),
    lastModified: text(row, 'lastModified'),
    createdBy: text(row, 'createdBy'),
    ...(createdAs !== undefined && { createdAs }),
    ...(nameVersion !== undefined && { nameVersion }),
    ...(said !== undefined && { said }),
    ...(row['seat'] === 'free' && { seat: 'free' }),
    ...changeStateOf(row),
    externalIds: toExternalIds(row),
    attributes: document(row, 'attributes'),
    ...(row['profile'] !== undefined && { profile: toProfile(document(row, 'profile')) }),
  };
}

function toProfile({ revision, values }: JsonObject): Profile {
  if (typeof revision !== 'string' || !isObject(values)) throw new MalformedItem('a profile has a revision and values');
  return { revision, values };
}

function changeStateOf(row: Attributes): Pick<StoredResource, 'change'> {
  const change = changeOf(row);
  return Object.keys(change).length === 0 ? {} : { change };
}

function toExternalIds(row: Attributes): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(document(row, 'externalIds')).map(([application, id]) => {
      if (typeof id !== 'string') throw new MalformedItem('an externalId is no text');
      return [application, id];
    }),
  );
}

export function toMember(row: Attributes): Member {
  const display = optionalText(row, 'display');
  return { value: text(row, 'sk'), type: text(row, 'type'), ...(display !== undefined && { display }) };
}

/** A group as its member's row names it. */
export type ReverseRow = {
  readonly groupId: string;
  /** Resource type of the group. */
  readonly type: string;
  readonly display: string | undefined;
  readonly nameVersion: number;
};

export const toReverse = (row: Attributes): ReverseRow => ({
  groupId: text(row, 'sk'),
  type: text(row, 'type'),
  display: optionalText(row, 'display'),
  nameVersion: number(row, 'nameVersion'),
});
