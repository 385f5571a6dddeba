import type { Filter } from '../scim/filter/ast.ts';
import type { ResourceType } from '../scim/schema/resource-type.ts';
import type { Include, Loaded } from './ports.ts';

/** One page of a list, and how many resources there are in all. */
export type Page = { readonly total: number; readonly startIndex: number; readonly loaded: readonly Loaded[] };

/** A filter that has been understood, with the rows its answer needs beside the resource. */
export type Search = {
  readonly type: ResourceType;
  readonly filter: Filter;
  readonly include: Include;
  readonly startIndex: number;
  readonly count: number;
};
