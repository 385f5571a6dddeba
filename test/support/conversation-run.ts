import { type Conversation, type Exchange, fillIn, type Names } from './conversation-file.ts';
import { mismatches } from './conversation-match.ts';
import { type HttpResponse, sendHttp } from './local-http.ts';

export type Endpoint = {
  readonly tenantUrl: string;
  readonly token: string;
  /** Is told each answer as it came. */
  readonly heard?: (answer: HttpResponse) => void;
};

/** Plays a conversation, and returns a line for each thing that was not as its client relies on; it ends at the first exchange that differs. */
export async function runConversation(
  { given = [], exchanges, headers = {} }: Conversation,
  endpoint: Endpoint,
): Promise<readonly string[]> {
  let names: Names = new Map([['baseUrl', endpoint.tenantUrl]]);
  for (const { as, endpoint: path, resource } of given) {
    const create: Exchange = { request: { method: 'POST', path, body: resource }, response: { status: 201 }, capture: { [as]: 'id' } };
    const outcome = await exchange(create, {}, names, endpoint);
    if (outcome.differences.length > 0) return [`given ${as}`, ...outcome.differences];
    names = outcome.names;
  }
  for (const [index, each] of exchanges.entries()) {
    const outcome = await exchange(each, headers, names, endpoint);
    if (outcome.differences.length > 0)
      return [`exchange ${index + 1}: ${each.request.method} ${each.request.path}`, ...outcome.differences];
    names = outcome.names;
  }
  return [];
}

type Outcome = { readonly differences: readonly string[]; readonly names: Names };

async function exchange(
  { request, response, capture = {} }: Exchange,
  headers: Exchange['request']['headers'],
  names: Names,
  endpoint: Endpoint,
): Promise<Outcome> {
  const got = await send(fillIn({ ...request, headers: { ...headers, ...request.headers } }, names), endpoint);
  const body = got.text === '' ? undefined : parseJson(got.text);
  const differences = differencesOf(fillIn(response, names), got, body);
  const captured = Object.entries(capture).map(([name, path]) => [name, String(at(body, path))] as const);
  return { differences, names: new Map([...names, ...captured]) };
}

async function send(
  { method, path, query, headers = {}, body, text }: Exchange['request'],
  { tenantUrl, token, heard }: Endpoint,
): Promise<HttpResponse> {
  const encoded = Object.entries(query ?? {}).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  const url = (path.startsWith(tenantUrl) ? path : tenantUrl + path) + (encoded.length === 0 ? '' : `?${encoded.join('&')}`);
  const sent = text ?? (body === undefined ? undefined : JSON.stringify(body));
  const usual = {
    Authorization: `Bearer ${token}`,
    Accept: 'application/scim+json',
    ...(sent === undefined ? {} : { 'Content-Type': 'application/scim+json' }),
  };
  const all = Object.entries({ ...usual, ...headers }).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]));
  const answer = await sendHttp({ method, url, headers: Object.fromEntries(all), ...(sent === undefined ? {} : { body: sent }) });
  heard?.(answer);
  return answer;
}

function differencesOf(
  { status, headers = {}, body, empty }: Exchange['response'],
  got: HttpResponse,
  answered: unknown,
): readonly string[] {
  const accepted = Array.isArray(status) ? status : [status];
  if (!accepted.includes(got.status)) return [`status: wanted ${accepted.join(' or ')}, got ${got.status} ${got.text}`];
  if (empty === true && got.text !== '') return [`body: wanted none, got ${got.text}`];
  const ofHeaders = mismatches(headers, got.headers, 'headers');
  return [...ofHeaders, ...(body === undefined || (answered === undefined && accepted.includes(204)) ? [] : mismatches(body, answered))];
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((part, key) => (typeof part === 'object' && part !== null ? Reflect.get(part, key) : undefined), value);
