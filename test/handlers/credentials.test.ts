import { describe, expect, it } from '@jest/globals';
import { parseAdminRequest, type RequestOf } from '../../src/access/admin-request.ts';
import type { Administration } from '../../src/access/administration.ts';
import { authenticator } from '../../src/access/authenticate.ts';
import { changePassword, createAccount } from '../../src/access/credentials/administer/accounts.ts';
import { createToken, revokeToken, rotateToken } from '../../src/access/credentials/administer/tokens.ts';
import { useRecorder } from '../../src/access/record-use.ts';
import { openLastUses } from '../../src/dynamodb/last-uses.ts';
import { aCall, MemoryApplicationRepository, MemoryCredentialStore, MemoryLastUses } from '../support/access-memory.ts';
import { type Endpoint, openEndpoint } from '../support/endpoint.ts';
import { openTestStore } from '../support/store-open.ts';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const NOON = Date.parse('2026-06-01T12:00:00.000Z');

/** Five warm processes of a tenant over one vault and one table, a clock for all that is moved by hand, and an operator. */
async function setUp() {
  const world = { nowMs: NOON, made: 0 };
  const credentials = new MemoryCredentialStore();
  const now = () => world.nowMs;
  const randomBytes = (size: number) => {
    world.made += 1;
    return new Uint8Array(size).fill(world.made);
  };
  const applications = new MemoryApplicationRepository();
  const administration: Administration = { credentials, applications, lastUses: new MemoryLastUses(), now, randomBytes };
  const table = await openTestStore();
  const warm = () =>
    openEndpoint({ openStore: async () => table, services: { authenticate: authenticator({ secrets: credentials, now }) } });
  const handlers = await Promise.all([warm(), warm(), warm(), warm(), warm()]);
  return { world, administration, handlers, table };
}

const asked = <Act extends 'token.create' | 'token.rotate' | 'account.create'>(act: Act, more: object = {}): RequestOf<Act> => {
  const request = parseAdminRequest({ act, by: 'ada', ...more });
  if (!isAct(request, act)) throw new TypeError('another act was parsed');
  return request;
};
const isAct = <Act extends 'token.create' | 'token.rotate' | 'account.create'>(
  request: { readonly act: string },
  act: Act,
): request is RequestOf<Act> => request.act === act;

const statusOf = async (handler: Endpoint | undefined, token: string) =>
  (await handler?.send('GET', '/ServiceProviderConfig', { token }))?.status;
const statusesOf = (handlers: readonly Endpoint[], token: string) => Promise.all(handlers.map((handler) => statusOf(handler, token)));

/** A token, and the time in which nobody may refuse it, with what is under way at its end left out. */
type Rotated = { readonly token: string; readonly fromMs: number; untilMs: number };
const NONE: Rotated = { token: '', fromMs: Number.POSITIVE_INFINITY, untilMs: 0 };
const IN_FLIGHT_MS = 100 * SECOND;

function phaseOf({ fromMs, untilMs }: Rotated, nowMs: number): 'new' | 'valid' | 'ending' | 'over' {
  if (nowMs < fromMs) return 'new';
  if (nowMs < untilMs) return 'valid';
  return nowMs < untilMs + 2 * IN_FLIGHT_MS ? 'ending' : 'over';
}

function outcomeOf(phase: ReturnType<typeof phaseOf>, status: number | undefined) {
  if (phase === 'valid') return status === 200 ? 'accepted' : 'refused';
  if (phase === 'over') return status === 200 ? 'acceptedTooLong' : 'expired';
  return 'either';
}

describe('five warm handlers', () => {
  it('accept a new token within 10 s, although each has just read the list', async () => {
    const { world, administration, handlers } = await setUp();
    const { token: first } = (await createToken(administration, asked('token.create'), aCall())).result;
    await statusesOf(handlers, first);

    const { token } = (await createToken(administration, asked('token.create'), aCall())).result;
    world.nowMs += 10 * SECOND;

    expect(await statusesOf(handlers, token)).toEqual([200, 200, 200, 200, 200]);
  });

  it('refuse a revoked token within 60 s, however lately each has read the list', async () => {
    const { world, administration, handlers } = await setUp();
    const { token, credential } = (await createToken(administration, asked('token.create'), aCall())).result;
    for (const handler of handlers) {
      await statusOf(handler, token);
      world.nowMs += 7 * SECOND;
    }

    await revokeToken(administration, { act: 'token.revoke', by: 'ada', credential: credential.id });
    world.nowMs += 60 * SECOND;

    expect(await statusesOf(handlers, token)).toEqual([401, 401, 401, 401, 401]);
  });

  it('go by a changed password within 60 s, and take the new one within 10 s', async () => {
    const { world, administration, handlers } = await setUp();
    const { bearerToken, credential } = (
      await createAccount(administration, asked('account.create', { password: 'the first: password' }), aCall())
    ).result;
    expect(await statusesOf(handlers, bearerToken)).toEqual([200, 200, 200, 200, 200]);

    const request = { act: 'account.password', by: 'ada', credential: credential.id, password: 'the second: one' } as const;
    const changed = (await changePassword(administration, request)).result.bearerToken;
    world.nowMs += 10 * SECOND;
    expect(await statusesOf(handlers, changed)).toEqual([200, 200, 200, 200, 200]);

    world.nowMs += 50 * SECOND;
    expect(await statusesOf(handlers, bearerToken)).toEqual([401, 401, 401, 401, 401]);
  });

  it('refuse none of 10,000 requests with a token that is valid, while it is rotated four times', async () => {
    const { world, administration, handlers } = await setUp();
    const tokens: Rotated[] = [];
    const rotate = async () => {
      for (const older of tokens) older.untilMs = Math.min(older.untilMs, world.nowMs + HOUR - IN_FLIGHT_MS);
      const { token } = (await rotateToken(administration, asked('token.rotate', { overlapHours: 1 }), aCall())).result;
      tokens.push({ token, fromMs: world.nowMs + 10 * SECOND, untilMs: Number.POSITIVE_INFINITY });
    };
    const tally = { accepted: 0, refused: 0, acceptedTooLong: 0, expired: 0, either: 0 };
    await rotate();

    const sendOne = async (index: number) => {
      world.nowMs += SECOND;
      if (index % 2_000 === 1_999) await rotate();
      const used = tokens[index % tokens.length] ?? NONE;
      const phase = phaseOf(used, world.nowMs);
      const status = await statusOf(handlers[index % handlers.length], used.token);
      tally[outcomeOf(phase, status)] += 1;
    };
    await inParallel(10_000, 32, sendOne);

    expect(tally).toMatchObject({ refused: 0, acceptedTooLong: 0 });
    expect(tally.accepted).toBeGreaterThan(6_000);
    expect(tally.expired).toBeGreaterThan(500);
  }, 120_000);
});

describe('an account', () => {
  it('provisions like a token: by base64 of identifier and password', async () => {
    const { administration, handlers } = await setUp();
    const { bearerToken, identifier, credential } = (
      await createAccount(administration, asked('account.create', { password: 'colons: and ümlauts' }), aCall())
    ).result;
    const unpadded = Buffer.from(`${identifier}:colons: and ümlauts\n`).toString('base64').replace(/=+$/, '');
    const body = { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'ada' };

    const created = await handlers[0]?.send('POST', '/Users', { token: bearerToken, body });
    const found = await handlers[1]?.send('GET', `/Users/${created?.json.id}`, { token: unpadded });
    const wrong = await handlers[0]?.send('POST', '/Users', { token: Buffer.from(`${identifier}:guess`).toString('base64'), body });

    expect([created?.status, found?.status, wrong?.status]).toEqual([201, 200, 401]);
    expect(created?.line).toMatchObject({ application: 'default', credential: credential.id });
    expect(JSON.stringify([created?.line, wrong])).not.toMatch(/colons|guess/);
  });
});

describe('the last use of a credential', () => {
  it('is written once by five handlers, beside the request, whose line and answer know nothing of it', async () => {
    const table = await openTestStore();
    const lastUses = openLastUses(table);
    const now = Date.now;
    const warm = () => openEndpoint({ openStore: async () => table, services: { recordUse: useRecorder({ lastUses, now }) } });
    const handlers = await Promise.all([warm(), warm(), warm(), warm(), warm()]);

    const answers = await Promise.all(
      handlers.map((handler, index) =>
        handler.send('POST', '/Users', { body: { schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: `u${index}` } }),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map(({ line }) => line.writeUnits)).size).toBe(1);
    const used = await until(() => lastUses.list(aCall()));
    expect([...used.keys()]).toEqual(['credential-1']);
  });
});

/** Runs so many, a bounded number of them at once. */
async function inParallel(count: number, atOnce: number, run: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) {
      next += 1;
      await run(next - 1);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** Looks until there is something to see: nobody waits for what is looked at. */
async function until<Seen extends { readonly size: number }>(look: () => Promise<Seen>): Promise<Seen> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const seen = await look();
    if (seen.size > 0) return seen;
  }
  throw new TypeError('nothing came to be seen');
}
