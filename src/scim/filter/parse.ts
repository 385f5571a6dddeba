import type { AttributePath } from '../schema/lookup.ts';
import type { Registry, ResourceType } from '../schema/resource-type.ts';
import type { Filter } from './ast.ts';
import { FilterParser } from './parser.ts';
import { elementScope, resourceScope, type Scope } from './scope.ts';
import { tokenize } from './tokenize.ts';

/**
 * Parses a filter, the whole grammar of RFC 7644 §3.4.2.2.
 *
 * Beyond it, an attribute of an extension needs no URN where its name is clear without one, and
 * `emails[type eq "work"].value eq "x"`, which Entra ID sends, is read as `emails[type eq "work" and value eq "x"]`. Where
 * `types` are asked for at once, what only another of them has counts as unassigned.
 *
 * @throws {ScimError} invalidFilter — the grammar is broken, an attribute unknown, a comparison without sense, or too much of it
 */
export const parseFilter = (text: string, type: ResourceType, types: Registry = [type]): Filter =>
  parseIn(resourceScope(type, types), text, 'The filter');

/** Parses what stands between the brackets of a value path; `filterName` begins each refusal. */
export const parseValueFilter = (text: string, path: AttributePath, filterName: string): Filter =>
  parseIn(elementScope(path), text, filterName);

const parseIn = (scope: Scope, text: string, filterName: string): Filter =>
  new FilterParser(tokenize(text, filterName), filterName).parse(scope);
