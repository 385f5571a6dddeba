import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { invokeAdmin } from '../../../src/runtime/admin-client.ts';
import { type Reply, type StandIn, startStandIn } from '../../support/aws/stand-in.ts';

const KEY = 'key-canary-4711';
const request = { act: 'token.list', by: 'ada' } as const;
const seen: { body: string; authorization: string | undefined }[] = [];
let reply: Reply = { status: 200, body: '{}' };
let folder: string;

let standIn: StandIn;

beforeEach(async () => {
  seen.length = 0;
  folder = await mkdtemp(join(tmpdir(), 'scim-admin-'));
  standIn = await startStandIn(({ headers }, body) => {
    seen.push({ body, authorization: headers.authorization });
    return reply;
  });
  await leaveKeyFile({ url: `${standIn.url}/.admin`, key: KEY });
});

afterEach(async () => {
  await standIn.close();
  await rm(folder, { recursive: true });
});

const keyFile = () => join(folder, 'admin.json');
const leaveKeyFile = (content: unknown) => writeFile(keyFile(), typeof content === 'string' ? content : JSON.stringify(content));
const invoke = () => invokeAdmin({ kind: 'local', keyFile: keyFile() }, request);
const refusal = (words: RegExp) => ({ name: 'AdminRefusal', message: expect.stringMatching(words) });

describe('asking the local admin function', () => {
  it('finds the running server by its key file', async () => {
    reply = { status: 200, body: '{"ok":true,"result":{"credentials":[]}}' };

    await expect(invoke()).resolves.toEqual({ answer: { ok: true, result: { credentials: [] } }, tenantUrl: undefined });
    expect(seen).toEqual([{ body: JSON.stringify(request), authorization: `Bearer ${KEY}` }]);
  });

  it('passes a refusal on as an answer', async () => {
    reply = { status: 200, body: '{"ok":false,"error":{"message":"not so"}}' };

    await expect(invoke()).resolves.toMatchObject({ answer: { ok: false, error: { message: 'not so' } } });
  });

  it('says to start the server when there is no key file', async () => {
    await rm(keyFile());

    await expect(invoke()).rejects.toMatchObject(refusal(/No local server runs here.*npm start.*DATA_DIR/));
  });

  it('says to start the server when it has left its key file behind', async () => {
    await leaveKeyFile({ url: 'http://127.0.0.1:1/.admin', key: KEY });

    await expect(invoke()).rejects.toMatchObject(refusal(/does not answer.*npm start/));
  });

  it.each([
    'no JSON',
    '{}',
    JSON.stringify({ url: 'http://example.com/.admin', key: KEY }),
    JSON.stringify({ url: 'https://127.0.0.1/', key: KEY }),
  ])('hands the key to nobody when the key file says %s', async (content) => {
    await leaveKeyFile(content);

    const asked = invoke();

    await expect(asked).rejects.toMatchObject(refusal(/is damaged/));
    await expect(asked).rejects.toMatchObject({ message: expect.not.stringContaining(KEY) });
  });

  it.each([
    [401, '', /does not know the key/],
    [500, '', /HTTP status 500/],
    [200, '{"error":"?"}', /the same version/],
    [200, 'no JSON', /the same version/],
  ])('makes clear what an answer of %i with %j means', async (status, body, words) => {
    reply = { status, body };

    await expect(invoke()).rejects.toMatchObject(refusal(words));
  });

  it('follows no redirection, which would carry the key elsewhere', async () => {
    reply = { status: 307, body: '', headers: { location: `${standIn.url}/elsewhere` } };

    await expect(invoke()).rejects.toMatchObject({ name: 'AdminRefusal' });
    expect(seen).toHaveLength(1);
  });
});
