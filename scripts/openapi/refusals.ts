import { STATUS_CODES } from 'node:http';
import { REFUSALS, type RefusalKind } from '../../src/scim/errors.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { component, content } from './component.ts';

type Refusal = { readonly kind: string; readonly status: number; readonly scimType?: string; readonly detail: string };

/** What no refusal stands for: a bug, and what API Gateway answers by itself. */
const BEYOND: readonly Refusal[] = [
  { kind: 'tooManyRequests', status: 429, detail: 'More requests at once than the tenant is let.' },
  { kind: 'unexpected', status: 500, detail: 'The server met an unexpected condition.' },
  { kind: 'noAnswer', status: 504, detail: 'The service did not answer in time.' },
];

const ALL: readonly Refusal[] = [...Object.entries(REFUSALS).map(([kind, refusal]) => ({ kind, ...refusal })), ...BEYOND];

const WITH_HEADER: Readonly<Record<number, readonly [name: string, header: string]>> = {
  401: ['WWW-Authenticate', 'WWWAuthenticate'],
  405: ['Allow', 'Allow'],
  429: ['Retry-After', 'RetryAfter'],
  503: ['Retry-After', 'RetryAfter'],
  504: ['Retry-After', 'RetryAfter'],
};

/** One response for each status that a request can be refused with, `NotFound` by name. */
export const refusalResponses: JsonObject = Object.fromEntries(
  [...new Set(ALL.map(({ status }) => status))].map((status) => [nameOf(status), responseOf(status)]),
);

/** The refusals an operation can give rise to beside those that any can. */
export function refusals(...kinds: readonly RefusalKind[]): JsonObject {
  const everywhere: readonly RefusalKind[] = ['badRequest', 'unauthorized', 'forbidden', 'unavailable'];
  const statuses = [...everywhere, ...kinds].map((kind) => REFUSALS[kind].status);
  const all = [...new Set([...statuses, ...BEYOND.map(({ status }) => status)])];
  return Object.fromEntries(all.map((status) => [status, component(`responses/${nameOf(status)}`)]));
}

/** `Not Found` as `NotFound`. */
function nameOf(status: number): string {
  return (STATUS_CODES[status] ?? '').replaceAll(' ', '');
}

function responseOf(status: number): JsonObject {
  const kinds = ALL.filter((refusal) => refusal.status === status);
  const [name, header] = WITH_HEADER[status] ?? [];
  return {
    description: kinds.map(({ kind, detail }) => `\`${kind}\`: ${detail}`).join('\n\n'),
    headers: { 'X-Request-Id': component('headers/RequestId'), ...(name !== undefined && { [name]: component(`headers/${header}`) }) },
    ...content({
      allOf: [component('schemas/Error')],
      properties: { status: { const: String(status) }, scimType: scimTypeOf(kinds) },
    }),
  };
}

function scimTypeOf(kinds: readonly Refusal[]): JsonObject {
  const scimTypes = kinds.flatMap(({ scimType }) => (scimType === undefined ? [] : [scimType]));
  return scimTypes.length > 0 ? { enum: scimTypes } : { not: {} };
}
