import { createHash } from 'node:crypto';
import type { MappedAttribute } from '../scim/mapping/shape.ts';
import type { Application } from './application.ts';

/** The profiles of one resource type that one application's mapping makes, which have to be made anew. */
export type Rebuild = { readonly application: string; readonly type: string; readonly revision: string };

type Mapped = Pick<Application, 'mapping'>;

/** Says which profiles are out of date once an application is changed, made or deleted. */
export function rebuildsFor(application: string, before: Mapped | undefined, after: Mapped | undefined): readonly Rebuild[] {
  const types = [...new Set([...Object.keys(before?.mapping ?? {}), ...Object.keys(after?.mapping ?? {})])];
  return types.flatMap((type) => {
    const revision = revisionOf(after?.mapping?.[type]);
    return revision === revisionOf(before?.mapping?.[type]) ? [] : [{ application, type, revision }];
  });
}

const REVISION_CHARACTERS = 12;
const NOT_MAPPED = 'none';
const revisions = new WeakMap<readonly MappedAttribute[], string>();

/** The same for the same mapping of a resource type, wherever and whenever it is set: nothing has to be counted. */
export function revisionOf(entries: readonly MappedAttribute[] | undefined): string {
  if (entries === undefined) return NOT_MAPPED;
  const known = revisions.get(entries);
  if (known !== undefined) return known;
  const revision = createHash('sha256').update(JSON.stringify(entries)).digest('base64url').slice(0, REVISION_CHARACTERS);
  revisions.set(entries, revision);
  return revision;
}

const KIND = 'mapping';

/** What the backfill is called that makes them anew. */
export const rebuildName = ({ application, type }: Pick<Rebuild, 'application' | 'type'>): string => `${KIND}/${type}/${application}`;

/** Whose profiles a backfill of this name makes anew; undefined for one of another kind. */
export function rebuildNamed(name: string): Pick<Rebuild, 'application' | 'type'> | undefined {
  const [kind, type, application, ...others] = name.split('/');
  return kind === KIND && type !== undefined && application !== undefined && others.length === 0 ? { application, type } : undefined;
}
