import { ScimError } from '../errors.ts';
import { isObject, type JsonObject } from '../json.ts';
import type { Registry, ResourceType } from '../schema/resource-type.ts';
import { bulkIdIn, bulkIdsIn } from './references.ts';
import type { SentOperation } from './request.ts';

/** One operation of a bulk request, understood (RFC 7644 §3.7). */
export type BulkOperation = {
  /** `Operations[2]`, for refusals. */
  readonly at: string;
  readonly method: BulkMethod;
  readonly type: ResourceType;
  /** Absent for POST; it may be a reference. */
  readonly id?: string;
  /** Present for POST, and where the client gave one. */
  readonly bulkId?: string;
  /** What `If-Match` is to a single request; without a meaning for POST. */
  readonly version?: string;
  /** Empty for DELETE. */
  readonly data: JsonObject;
};

const METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'] as const;

type BulkMethod = (typeof METHODS)[number];

/** Which operation creates the resource that a bulkId stands for, by its index: the first that claims it. */
export type Creators = ReadonlyMap<string, number>;

export function creatorsIn(operations: readonly SentOperation[]): Creators {
  const creators = new Map<string, number>();
  for (const [index, operation] of operations.entries()) {
    const { bulkid } = operation;
    if (methodOf(operation) === 'POST' && isBulkId(bulkid) && !creators.has(bulkid)) creators.set(bulkid, index);
  }
  return creators;
}

/** For each operation the bulkIds it refers to, in its data or its path. */
export const referencesOf = (operation: SentOperation): readonly string[] => {
  const { path, data } = operation;
  const method = methodOf(operation);
  const target = method === 'POST' ? undefined : bulkIdIn(typeof path === 'string' ? (segmentsOf(path)[1] ?? '') : '');
  const inData = method === 'DELETE' || !isObject(data) ? [] : [...bulkIdsIn(data)];
  return target === undefined ? inData : [...new Set([target, ...inData])];
};

/** What a response repeats of an operation, however wrong it was. */
export function echoOf({ method, bulkid }: SentOperation): { readonly method?: string; readonly bulkId?: string } {
  return {
    ...(typeof method === 'string' && /^[A-Za-z]{1,20}$/.test(method) && { method: method.toUpperCase() }),
    ...(isBulkId(bulkid) && { bulkId: bulkid }),
  };
}

/**
 * Parses one operation.
 *
 * @throws {ScimError} invalidSyntax — method, data or version are none
 * @throws {ScimError} invalidPath — the path leads to nothing the method could change
 * @throws {ScimError} invalidValue — the bulkId is missing or taken, or a reference leads to no operation
 */
export function parseOperation(sent: SentOperation, index: number, registry: Registry, creators: Creators): BulkOperation {
  const at = `Operations[${index}]`;
  const method = requireMethod(sent, at);
  const target = requireTarget(sent, method, registry, at);
  const { bulkid, version } = sent;
  if (version !== undefined && version !== null && typeof version !== 'string') throw invalidSyntax(at, 'version must be a string.');
  if (method === 'POST') requireOwnBulkId(sent, index, creators, at);
  requireKnown(referencesOf(sent), creators, at);
  return {
    at,
    method,
    ...target,
    ...(isBulkId(bulkid) && { bulkId: bulkid }),
    ...(typeof version === 'string' && { version }),
    data: method === 'DELETE' ? {} : requireData(sent, method, at),
  };
}

const isBulkId = (value: unknown): value is string => typeof value === 'string' && value !== '';

const methodOf = ({ method }: SentOperation): BulkMethod | undefined =>
  typeof method === 'string' ? METHODS.find((known) => known === method.toUpperCase()) : undefined;

function requireMethod(sent: SentOperation, at: string): BulkMethod {
  const method = methodOf(sent);
  if (method === undefined) throw invalidSyntax(at, `method must be one of ${METHODS.join(', ')}.`);
  return method;
}

/** POST goes to an endpoint, every other method to a resource below it. */
function requireTarget({ path }: SentOperation, method: BulkMethod, registry: Registry, at: string) {
  const [endpoint, id, ...rest] = typeof path === 'string' ? segmentsOf(path) : [];
  const type = registry.find((candidate) => candidate.endpoint === `/${endpoint}`);
  const isWhole = rest.length === 0 && (id === undefined) === (method === 'POST');
  if (type !== undefined && isWhole) return { type, ...(id !== undefined && { id }) };
  const forms = registry.map((known) => (method === 'POST' ? known.endpoint : `${known.endpoint}/<id>`)).join(', ');
  throw new ScimError('invalidPath', `${at}: the path of a ${method} must be one of ${forms}.`);
}

const segmentsOf = (path: string): readonly string[] => path.split('/').filter((segment) => segment !== '');

function requireData({ data }: SentOperation, method: BulkMethod, at: string): JsonObject {
  if (isObject(data)) return data;
  throw invalidSyntax(at, `a ${method} needs data, an object: what the body of the request would be if it were sent alone.`);
}

function requireOwnBulkId({ bulkid }: SentOperation, index: number, creators: Creators, at: string): void {
  if (!isBulkId(bulkid)) throw new ScimError('invalidValue', `${at}: a POST needs a bulkId, a string that no other one has.`);
  const first = creators.get(bulkid);
  if (first !== index)
    throw new ScimError('invalidValue', `${at}: Operations[${first}] has the same bulkId; give each POST one of its own.`);
}

function requireKnown(references: readonly string[], creators: Creators, at: string): void {
  if (references.every((bulkId) => creators.has(bulkId))) return;
  throw new ScimError('invalidValue', `${at}: it refers to a bulkId that no POST of this request has; correct the reference.`);
}

const invalidSyntax = (at: string, problem: string): ScimError => new ScimError('invalidSyntax', `${at}: ${problem}`);
