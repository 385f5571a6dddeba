import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type FakeDirectory, profileOf, type Random } from './fake-directory.ts';

export type FakeFeed = AsyncDisposable & {
  readonly url: string;
  /** Whoever stands before this place is told that the cursor has expired. */
  readonly forget: (before: number) => void;
  /** What is answered in place of everything else, as long as there is something. */
  readonly refusals: Refusal[];
  /** How often each path was asked for, without parameters. */
  readonly asked: Map<string, number>;
};

type Refusal = { readonly status: number; readonly scimType?: string; readonly headers?: Readonly<Record<string, string>> };

const EVENTS_OF_A_PAGE = 7;

/** Serves a directory by the contract of GET /events; one answer in eight is that it is busy, or none. */
export async function serveFeed(directory: FakeDirectory, random: Random): Promise<FakeFeed> {
  let forgotten = 0;
  const refusals: Refusal[] = [];
  const asked = new Map<string, number>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    asked.set(url.pathname, (asked.get(url.pathname) ?? 0) + 1);
    const refusal = refusals.shift() ?? (random(16) === 0 ? { status: 503, headers: { 'Retry-After': '0' } } : undefined);
    if (refusal !== undefined) refuse(response, refusal);
    else if (random(16) === 0) request.socket.destroy();
    else if (url.pathname === '/events') answerEvents(directory, url.searchParams.get('cursor'), forgotten, response);
    else answerResource(directory, url.pathname.split('/').at(-1) ?? '', response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the feed listens on no port');
  return {
    url: `http://127.0.0.1:${address.port}`,
    forget: (before) => {
      forgotten = before;
    },
    refusals,
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function answerEvents(directory: FakeDirectory, cursor: string | null, forgotten: number, response: ServerResponse): void {
  const [phase, place = '', second = '', begun] = (cursor ?? '').split(':');
  if (phase === 'c') answerChanges(directory, Number(place), forgotten, response);
  else answerSnapshot(directory, { place, member: second, begun: begun ?? String(directory.log.length) }, response);
}

function answerChanges(directory: FakeDirectory, from: number, forgotten: number, response: ServerResponse): void {
  if (from < forgotten) {
    refuse(response, { status: 400, scimType: 'expiredCursor' });
    return;
  }
  const next = Math.min(from + EVENTS_OF_A_PAGE, directory.log.length);
  const isUpToDate = next === directory.log.length;
  send(response, 200, { phase: 'changes', events: directory.log.slice(from, next), nextCursor: `c:${next}`, isUpToDate });
}

/** Users, then groups; of a group that does not fit into a page, the rest comes with the next, if it has not changed. */
function answerSnapshot(directory: FakeDirectory, { place, member, begun }: Walk, response: ServerResponse): void {
  const live = [...directory.live('user'), ...directory.live('group')];
  const [id = '', mark] = place.split('@');
  const inside = live.find((each) => each.id === id && mark === markOf(each));
  const next = inside ?? live.find((each) => rankOf(each.id) > rankOf(id) || (each.id === id && mark !== undefined));
  if (next === undefined) {
    send(response, 200, { phase: 'snapshot', events: [], nextCursor: `c:${begun}`, isUpToDate: false });
    return;
  }
  const all = directory.snapshotOf(next, inside && member);
  const events = all.slice(0, EVENTS_OF_A_PAGE);
  const behind = all.length === events.length ? `${next.id}:` : `${next.id}@${markOf(next)}:${events.at(-1)?.members?.at(-1) ?? ''}`;
  send(response, 200, { phase: 'snapshot', events, nextCursor: `s:${behind}:${begun}`, isUpToDate: false });
}

type Walk = { readonly place: string; readonly member: string; readonly begun: string };

const markOf = ({ version, said }: { readonly version: number; readonly said: number }): string => `${version}.${said}`;

const rankOf = (id: string): string => (id === '' ? '' : `${id.startsWith('user') ? 1 : 2}${id}`);

function answerResource(directory: FakeDirectory, id: string, response: ServerResponse): void {
  const resource = directory.resources.get(id);
  if (resource?.isLive) send(response, 200, { id, ...profileOf(resource) });
  else refuse(response, { status: 404 });
}

function refuse(response: ServerResponse, { status, scimType, headers }: Refusal): void {
  for (const [name, value] of Object.entries(headers ?? {})) response.setHeader(name, value);
  send(response, status, { status: String(status), scimType, detail: `The feed says ${status}.` });
}

const send = (response: ServerResponse, status: number, body: object): void => {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
};
