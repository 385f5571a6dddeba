import { project } from '../../scim/projection.ts';
import { answerBytes } from '../answer-size.ts';
import type { RequestContext } from '../context.ts';
import type { ChangeStamp } from '../ports.ts';
import { present } from '../present.ts';
import type { Listed } from '../search.ts';
import type { ListedResource } from './answers.ts';
import { identify, isDisabled, profileOf } from './summarise.ts';

/** Lambda's answer may have 6 MB. */
const PAGE_BYTES = 3_500_000;

/** The rows of a page, as many as were asked for and fit. */
export type ListedRows = { readonly rows: readonly ListedResource[]; readonly add: (row: ListedResource) => boolean };

export function openRows(limit: number): ListedRows {
  const rows: ListedResource[] = [];
  let bytes = 0;
  return {
    rows,
    add: (row) => {
      bytes += answerBytes(JSON.stringify(row));
      const isRoom = rows.length < limit && (rows.length === 0 || bytes <= PAGE_BYTES);
      if (isRoom) rows.push(row);
      return isRoom;
    },
  };
}

/** @param removal of one that is kept and hidden */
export function rowOf({ selection: { type, query }, loaded }: Listed, context: RequestContext, removal?: ChangeStamp): ListedResource {
  const { createdBy, created, lastModified } = loaded.resource;
  return {
    ...identify(type, loaded.resource),
    isDisabled: isDisabled(loaded.resource),
    ...(removal && { kept: { at: removal.at, by: removal.application } }),
    createdBy,
    created,
    lastModified,
    ...profileOf(loaded.resource),
    resource: project(type, present(type, loaded, context), query.projection),
  };
}
