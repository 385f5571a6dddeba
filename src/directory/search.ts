import type { Filter } from '../scim/filter/ast.ts';
import type { IdRange } from '../scim/filter/id-range.ts';
import type { ListQuery, Paging } from '../scim/query.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Include, Loaded } from './ports.ts';

/** What is asked of one type. */
export type Selection = { readonly type: ResourceType; readonly query: ListQuery };

/** What is to be listed: the types in the order of the registry, none where the application is served none. */
export type Listing = { readonly paging: Paging; readonly selections: readonly Selection[] };

export type Listed = { readonly selection: Selection; readonly loaded: Loaded };

/** One page of a list (RFC 7644 §3.4.2.4), and how many resources there are in all. */
export type IndexPage = { readonly total: number; readonly startIndex: number; readonly items: readonly Listed[] };

/** One page by cursor (RFC 9865 §2). */
export type CursorPage = {
  /** Absent where only a walk past the page could tell. */
  readonly total?: number;
  readonly items: readonly Listed[];
  /** The cursor for what comes behind so many of the items; undefined where nothing does. */
  readonly cursorBehind: (shown: number) => string | undefined;
};

export type Page = IndexPage | CursorPage;

/** Where the resources of one type that can match are. */
export type Source =
  | { readonly kind: 'nowhere' }
  /** Under these ids, in their order. */
  | { readonly kind: 'ids'; readonly ids: readonly string[] }
  /** Members of these groups, and of no others. */
  | { readonly kind: 'members'; readonly groupIds: readonly string[] }
  | { readonly kind: 'range'; readonly range: IdRange };

/** How one type is gone through. */
export type Plan = {
  readonly selection: Selection;
  readonly source: Source;
  /** What is still to be asked of each; absent where all of them match. */
  readonly filter?: Filter;
  /** Which rows beside the resource are read while looking, and which the answer shows. */
  readonly read: Include;
  readonly include: Include;
};
