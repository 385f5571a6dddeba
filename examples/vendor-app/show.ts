import { createServer, type Server } from 'node:http';
import { type Store, textOf } from './store.ts';

/** Without an answer of the directory for so long, something is wrong. */
const SILENT_MS = 120_000;

type Answer = { readonly status?: number; readonly body: unknown };

/** Shows the tables as JSON, to this machine only; without a port for it, the directory is followed all the same. */
export function show(store: Store, port: number): Server {
  const pages = new Map<string, () => Answer>([
    ['/users', () => ({ body: users(store) })],
    ['/groups', () => ({ body: groups(store) })],
    ['/health', () => health(store, Date.now())],
  ]);
  return createServer((request, response) => {
    const { status = 200, body } = pages.get(request.url ?? '')?.() ?? { status: 404, body: { pages: [...pages.keys()] } };
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(body, null, 2)}\n`);
  })
    .on('error', ({ message }) => console.error(`PORT ${port} shows nothing: ${message}`))
    .listen(port, '127.0.0.1');
}

export const users = (store: Store) =>
  store.all('SELECT id, active, profile FROM users WHERE is_live ORDER BY id').map(({ id, active, profile }) => ({
    id,
    active: active === null ? undefined : active === 1,
    profile: toProfile(profile),
  }));

export const groups = (store: Store) =>
  store.all('SELECT id, profile FROM groups WHERE is_live ORDER BY id').map(({ id, profile }) => ({
    id,
    profile: toProfile(profile),
    members: membersOf(store, textOf(id) ?? ''),
  }));

const membersOf = (store: Store, group: string): readonly unknown[] =>
  store.all('SELECT member_id FROM current_members WHERE group_id = ? ORDER BY member_id', group).map((row) => row['member_id']);

const toProfile = (text: unknown): unknown => (typeof text === 'string' ? JSON.parse(text) : undefined);

/** How far behind: nothing, when the last answer had all there was; else as old as the last event that was applied. */
function health(store: Store, nowMs: number): Answer {
  const { phase, isUpToDate, toldAt, heardAt } = store.place();
  const since = (time: string | undefined): number | undefined =>
    time === undefined ? undefined : Math.max(0, Math.round((nowMs - Date.parse(time)) / 1_000));
  const isHeard = heardAt !== undefined && nowMs - Date.parse(heardAt) < SILENT_MS;
  const body = { phase, isUpToDate, behindSeconds: isUpToDate ? 0 : since(toldAt), silentSeconds: since(heardAt) };
  return { status: isHeard ? 200 : 503, body };
}
