import { isObject, type JsonObject } from '../json.ts';
import type { Leniencies, LeniencyName } from '../leniency.ts';
import { findBarePath, findPath } from '../schema/lookup.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import { withoutAlias } from '../schema/schema-urns.ts';
import type { RawOperation } from './request.ts';

/** Rewrites one known deviation of an operation into what RFC 7644 §3.5.2 asks for. */
type Forgive = (operation: RawOperation, type: ResourceType, leniencies: Leniencies) => readonly RawOperation[];

const verbCase: Forgive = (operation) => [{ ...operation, op: operation.op.toLowerCase() }];

const emptyStrings: Forgive = ({ path, ...rest }) => [path === undefined || path === '' ? rest : { ...rest, path }];

const foreignSchemas: Forgive = ({ path, value, ...rest }) => [
  path === undefined
    ? { ...rest, ...(value !== undefined && { value: isObject(value) ? withoutAliases(value) : value }) }
    : { ...rest, path: withoutAlias(path), ...(value !== undefined && { value }) },
];

const withoutAliases = (value: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(value).map(([key, part]) => [withoutAlias(key), part]));

const echoedReadOnly: Forgive = (operation, type) => {
  const { path, value } = operation;
  if (path !== undefined || !isObject(value)) return [operation];
  const written = Object.entries(value).filter(([key]) => findPath(type, key)?.attribute.mutability !== 'readOnly');
  return [{ ...operation, value: Object.fromEntries(written) }];
};

/** Each key that is a path becomes the path of an operation of its own, in its place among the others. */
const pathsAsKeys: Forgive = (operation, type, leniencies) => {
  const { op, path, value } = operation;
  if (path !== undefined || !isObject(value)) return [operation];
  return Object.entries(value).map(([key, part]) =>
    isPath(type, key, leniencies) ? { op, path: key, value: part } : { op, value: Object.fromEntries([[key, part]]) },
  );
};

function isPath(type: ResourceType, key: string, leniencies: Leniencies): boolean {
  const [name = ''] = key.split('[', 1);
  const path = leniencies.has('bareExtensionPaths') ? findBarePath(type, name) : findPath(type, name);
  return path !== undefined && (name !== key || path.subAttribute !== undefined || path.extension !== undefined);
}

const STEPS: readonly { readonly leniency: LeniencyName; readonly forgive: Forgive }[] = [
  { leniency: 'verbCase', forgive: verbCase },
  { leniency: 'emptyStrings', forgive: emptyStrings },
  { leniency: 'foreignSchemas', forgive: foreignSchemas },
  { leniency: 'echoedReadOnly', forgive: echoedReadOnly },
  { leniency: 'pathsAsKeys', forgive: pathsAsKeys },
];

export const forgiveOperation = (operation: RawOperation, type: ResourceType, leniencies: Leniencies): readonly RawOperation[] =>
  STEPS.filter(({ leniency }) => leniencies.has(leniency)).reduce<readonly RawOperation[]>(
    (operations, { forgive }) => operations.flatMap((each) => forgive(each, type, leniencies)),
    [operation],
  );
