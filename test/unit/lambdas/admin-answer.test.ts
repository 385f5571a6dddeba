import { describe, expect, it } from '@jest/globals';
import { answerAdmin } from '../../../lambdas/admin/answer.ts';
import { createdTokenSchema } from '../../../src/access/admin-answer.ts';
import { printHeader } from '../../../src/directory/transfer/lines.ts';
import type { TransferStore } from '../../../src/directory/transfer/ports.ts';
import type { LogLine } from '../../../src/runtime/log.ts';
import { ScimError } from '../../../src/scim/errors.ts';
import {
  aCall,
  aCredential,
  aToken,
  listOf,
  MemoryApplicationRepository,
  MemoryCredentialStore,
  MemoryLastUses,
} from '../../support/access-memory.ts';
import { MemoryBrakes } from '../../support/brakes-memory.ts';
import { NO_DIRECTORY } from '../../support/directory-administration.ts';
import { noFeed } from '../../support/feed-administration.ts';
import { aMappingAdministration } from '../../support/mapping-memory.ts';
import { NO_TABLE } from '../../support/removed.ts';
import { aSchemaAdministration } from '../../support/schemas-memory.ts';

const HEADER = printHeader({ schemas: [], types: [], removed: [], onceUnique: [] });

const notHere = (): never => {
  throw new TypeError('the directory is empty');
};

const anEmptyDirectory: TransferStore = {
  slice: async () => ({ loaded: [], isLast: true }),
  count: async () => 0,
  look: async () => new Map(),
  findIds: notHere,
  aliveTypes: notHere,
  commit: notHere,
  membersInOrder: notHere,
  bring: notHere,
  bringMembers: notHere,
};

function setUp(credentials = new MemoryCredentialStore()) {
  const lines: LogLine[] = [];
  const administration = {
    credentials,
    applications: new MemoryApplicationRepository(),
    lastUses: new MemoryLastUses(),
    now: () => Date.parse('2026-06-01T00:00:00.000Z'),
    randomBytes: (size: number) => new Uint8Array(size).fill(7),
  };
  const schemaAdministration = aSchemaAdministration();
  const storeOf = (): TransferStore => anEmptyDirectory;
  const services = {
    administration,
    directoryAdministration: NO_DIRECTORY,
    openFeed: noFeed,
    matchingAdministration: { ...schemaAdministration, backfills: { list: async () => [] }, newRevision: () => 'r' },
    brakeAdministration: { applications: new MemoryApplicationRepository(), brakes: new MemoryBrakes(), now: Date.now },
    removedAdministration: NO_TABLE,
    mappingAdministration: aMappingAdministration(administration.applications, [], administration.now),
    schemaAdministration,
    transfer: { ...schemaAdministration, storeOf, mappingOf: async () => undefined, now: administration.now },
    tenant: 'example',
    url: undefined,
    log: (line: LogLine) => lines.push(line),
  };
  return { lines, credentials, ask: (request: unknown) => answerAdmin(services, request, aCall()) };
}

describe('the admin function', () => {
  it('makes, lists and revokes', async () => {
    const { ask } = setUp();

    const created = await ask({ act: 'token.create', by: 'ada' });
    const { credential } = createdTokenSchema.parse(created.ok ? created.result : undefined);

    expect(await ask({ act: 'token.list', by: 'ada' })).toMatchObject({ ok: true, result: { credentials: [credential] } });
    expect(await ask({ act: 'token.revoke', by: 'ada', credential: credential.id })).toMatchObject({ ok: true, result: { credential } });
    expect(await ask({ act: 'token.list', by: 'ada' })).toMatchObject({ ok: true, result: { credentials: [] } });
  });

  it('names the application that a refused act was about', async () => {
    const { ask, lines } = setUp();

    expect(await ask({ act: 'app.show', by: 'ada', application: 'nowhere' })).toMatchObject({ ok: false });
    expect(lines).toEqual([expect.objectContaining({ act: 'app.show', application: 'nowhere', outcome: 'refused' })]);
  });

  it('leaves one line about an act, without the secret', async () => {
    const { ask, lines } = setUp();

    const created = await ask({ act: 'token.create', by: 'ada', name: 'Entra ID' });

    const { token, credential } = createdTokenSchema.parse(created.ok ? created.result : undefined);
    expect(lines).toEqual([
      {
        event: 'admin',
        requestId: 'request-1',
        tenant: 'example',
        act: 'token.create',
        by: 'ada',
        application: 'default',
        credential: credential.id,
        outcome: 'done',
        at: '2026-06-01T00:00:00.000Z',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain(token);
  });

  it.each([
    [{ act: 'directory.export', by: 'ada' }, { counts: { lines: 1 } }],
    [{ act: 'directory.import', by: 'ada', header: HEADER, lines: ['{"canary": 1}'] }, { counts: { refused: 1 } }],
    [
      { act: 'directory.import', by: 'ada', header: HEADER, lines: [], dryRun: true },
      { counts: {}, dryRun: true },
    ],
  ])('leaves one line with counts about a part of a transfer, and nothing of what is in it: %#', async (request, counted) => {
    const { ask, lines } = setUp();

    expect(await ask(request)).toMatchObject({ ok: true });
    expect(lines).toEqual([
      {
        event: 'admin',
        requestId: 'request-1',
        tenant: 'example',
        act: request.act,
        by: 'ada',
        ...counted,
        outcome: 'done',
        at: '2026-06-01T00:00:00.000Z',
      },
    ]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it.each([
    [{ header: 'canary' }, 'line 1: this is no export of a directory'],
    [{ header: HEADER.replace('"types":[]', '"types":1') }, 'line 1: schemas cannot be read by this version'],
    [{ header: HEADER, lines: Array(1_001).fill('{}') }, 'lines of directory.import must be a list of at most 1000 lines'],
  ])('takes no part of a transfer that is not one: %#', async (wrong, words) => {
    const { ask, lines } = setUp();

    expect(await ask({ act: 'directory.import', by: 'ada', lines: [], ...wrong })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining(words) },
    });
    expect(lines).toEqual([expect.objectContaining({ outcome: 'refused' })]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('does not go on with an export whose schemas have changed, or that was not made here', async () => {
    const { ask } = setUp();
    const after = { kind: 'resource', type: 'User', id: '00000000-0000-7000-8000-000000000001' };

    expect(await ask({ act: 'directory.export', by: 'ada', after, header: '{}' })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('schemas have changed') },
    });
    expect(await ask({ act: 'directory.export', by: 'ada', after: { ...after, type: 'Device' }, header: HEADER })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('not made here') },
    });
  });

  it('keeps a token out of the log that is given where an id belongs', async () => {
    const { ask, lines } = setUp();
    const created = await ask({ act: 'token.create', by: 'ada' });
    const { token } = createdTokenSchema.parse(created.ok ? created.result : undefined);

    const answer = await ask({ act: 'token.revoke', by: 'ada', credential: token });

    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining('must not be a token') } });
    expect(JSON.stringify([lines, answer])).not.toContain(token);
  });

  it('refuses in words for the operator, and logs that too', async () => {
    const { ask, lines } = setUp();

    expect(await ask({ act: 'token.revoke', by: 'ada', credential: 'nope' })).toMatchObject({
      ok: false,
      error: { message: expect.stringContaining('no credential "nope"') },
    });
    expect(lines).toEqual([expect.objectContaining({ act: 'token.revoke', by: 'ada', credential: 'nope', outcome: 'refused' })]);
  });

  it('repeats nothing of a request it does not understand in the log', async () => {
    const { ask, lines } = setUp();

    expect(await ask({ act: 'canary', by: 'canary', secret: 'canary' })).toMatchObject({ ok: false });
    expect(lines).toEqual([expect.objectContaining({ act: 'unknown', by: 'unknown', outcome: 'refused' })]);
    expect(JSON.stringify(lines)).not.toContain('canary');
  });

  it('says that the vault is out of reach', async () => {
    const credentials = new MemoryCredentialStore();
    credentials.readCredentials = () => Promise.reject(new ScimError('unavailable', 'The vault is out of reach.'));
    const { ask, lines } = setUp(credentials);

    expect(await ask({ act: 'token.list', by: 'ada' })).toEqual({ ok: false, error: { message: 'The vault is out of reach.' } });
    expect(lines).toEqual([expect.objectContaining({ event: 'admin', outcome: 'failed' })]);
  });

  it('keeps what a bug says to itself, and logs where it was', async () => {
    const credentials = new MemoryCredentialStore(listOf(aCredential(aToken(1))));
    credentials.changeCredentials = () => Promise.reject(new TypeError('canary-4711'));
    const { ask, lines } = setUp(credentials);

    const answer = await ask({ act: 'token.revoke', by: 'ada', credential: 'c1' });

    expect(answer).toMatchObject({ ok: false, error: { message: expect.stringContaining('request-1') } });
    expect(lines).toEqual([
      expect.objectContaining({ event: 'admin', outcome: 'failed' }),
      expect.objectContaining({ event: 'unexpectedError', requestId: 'request-1', names: ['TypeError'] }),
    ]);
    expect(JSON.stringify([answer, lines])).not.toContain('canary');
  });
});
