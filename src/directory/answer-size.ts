import { ScimError } from '../scim/errors.ts';
import { type Projection, project } from '../scim/projection.ts';
import { renderResource } from '../scim/render.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { RequestContext } from './context.ts';
import { includeFor } from './include.ts';
import type { Include, Loaded } from './ports.ts';

/** Lambda's answers end at 6 MiB, headers included; past it the client would get the gateway's own 502. */
export const MAX_ANSWER_BYTES = 6_000_000;

/** So many members of a group are read for one request, however little of each is shown. */
export const MAX_READ_MEMBERS = 120_000;

/** Bytes of a JSON text in Lambda's answer, which quotes it once more. */
export const answerBytes = (text: string): number => Buffer.byteLength(JSON.stringify(text));

/** What an answer with this projection shows, and no more members than it could carry: more need not be read. */
export function answerInclude(type: ResourceType, projection: Projection, { baseUrl }: Pick<RequestContext, 'baseUrl'>): Include {
  const { groups, members } = includeFor(type, projection);
  return { groups, members: members && { atMost: mostMembers(type, projection, baseUrl) } };
}

/** Says whether members were asked for and are too many. */
export const lacksMembers = ({ members }: Loaded, include: Include): boolean => Boolean(include.members) && members === undefined;

/** The way out for who asked for more members than an answer can carry. */
export const tooManyMembers = ({ name, membersAttribute }: ResourceType, id: string): ScimError =>
  new ScimError(
    'tooLarge',
    `${membersAttribute}: this ${name} has more than one answer can carry. Leave them out with excludedAttributes=${membersAttribute}, and read them page by page with GET /Users?filter=groups.value eq "${id}", by startIndex and count or by cursor. If the request was a change, it is made.`,
  );

const ANY_ID = '00000000-0000-7000-8000-000000000000';
const COMMA = 1;
const OUTER_QUOTES = 2;

/** As many members as an answer could hold if each had nothing but what every member has. */
function mostMembers(type: ResourceType, projection: Projection, baseUrl: string): number {
  const sizes = Object.keys(type.references ?? {}).map((memberType) => memberBytes(type, memberType, projection, baseUrl));
  return Math.min(MAX_READ_MEMBERS, Math.floor(MAX_ANSWER_BYTES / Math.min(...sizes)));
}

function memberBytes(type: ResourceType, memberType: string, projection: Projection, baseUrl: string): number {
  const members = [{ value: ANY_ID, type: memberType }];
  const parts = { id: ANY_ID, document: {}, created: '', lastModified: '', version: 1, members };
  const shown = project(type, renderResource(type, parts, baseUrl), projection)[type.membersAttribute ?? ''];
  const [member] = Array.isArray(shown) ? shown : [];
  return member === undefined ? COMMA : answerBytes(JSON.stringify(member)) - OUTER_QUOTES + COMMA;
}
