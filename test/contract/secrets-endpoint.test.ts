import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { CreateSecretCommand, GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ACCESS_KEY_ID, openVault } from '../support/access-secrets.ts';

let vault: Awaited<ReturnType<typeof openVault>>;
beforeEach(async () => {
  vault = await openVault();
});
afterEach(() => vault.close());

const create = (Name: string, SecretString?: string) => vault.client().send(new CreateSecretCommand({ Name, SecretString }));
const read = async (SecretId: string) => (await vault.client().send(new GetSecretValueCommand({ SecretId }))).SecretString;

/** A request as anything but an SDK with the right key would send it. */
const post = (body: string, headers: Readonly<Record<string, string>>) =>
  fetch(vault.url(), { method: 'POST', body, headers: { 'x-amz-target': 'secretsmanager.GetSecretValue', ...headers } });
const signed = { authorization: `AWS4-HMAC-SHA256 Credential=${ACCESS_KEY_ID}/20260101/local/secretsmanager/aws4_request, Signature=any` };

describe('the local secrets endpoint', () => {
  it('keeps what was acknowledged when it is started again', async () => {
    await create('one', 'value');

    await vault.restart();

    await expect(read('one')).resolves.toBe('value');
  });

  it('finds a secret by its ARN too', async () => {
    const { ARN = '' } = await create('one', 'value');

    await expect(read(ARN)).resolves.toBe('value');
  });

  it('keeps its file to its owner and leaves no draft behind', async () => {
    await create('one', 'value');

    expect((await stat(vault.file)).mode & 0o777).toBe(0o600);
    await expect(readdir(dirname(vault.file))).resolves.toEqual(['secrets.json']);
  });

  it('has the secrets it is told to have, without a value until one is put', async () => {
    await create('kept', 'value');

    await vault.restart('kept', 'made');

    await expect(read('kept')).resolves.toBe('value');
    await expect(read('made')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: expect.stringContaining('secret value for staging label: AWSCURRENT'),
    });
  });

  it('takes the same version twice and refuses another value for it', async () => {
    await create('one');
    const put = (SecretString: string) =>
      vault.client().send(new PutSecretValueCommand({ SecretId: 'one', SecretString, ClientRequestToken: 'a'.repeat(32) }));

    await put('value');

    await expect(put('value')).resolves.toMatchObject({ VersionStages: ['AWSCURRENT'] });
    await expect(put('other')).rejects.toMatchObject({ name: 'ResourceExistsException' });
  });

  it('makes no secret twice', async () => {
    await create('one', 'value');

    await expect(create('one', 'other')).rejects.toMatchObject({ name: 'ResourceExistsException' });
    await expect(read('one')).resolves.toBe('value');
  });

  it('refuses to start on a file that is something else, and leaves that file alone', async () => {
    await writeFile(vault.file, 'canary-4711');

    await expect(vault.restart()).rejects.toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') }));
    await expect(readFile(vault.file, 'utf8')).resolves.toBe('canary-4711');
  });

  it.each([
    ['unsigned', {}],
    ['signed with another key', { authorization: signed.authorization.replace(ACCESS_KEY_ID, 'AKIDOTHER') }],
    ['signed with a longer key', { authorization: signed.authorization.replace(ACCESS_KEY_ID, `${ACCESS_KEY_ID}2`) }],
    ['a bearer of the key', { authorization: `Bearer ${ACCESS_KEY_ID}` }],
  ])('serves nothing to a request that is %s', async (_, headers) => {
    await create('one', 'value');

    const response = await post('{"SecretId":"one"}', { ...headers });

    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({ __type: 'UnrecognizedClientException' });
  });

  it.each([
    ['SerializationException', '{', signed],
    ['ValidationException', '{"SecretId":7}', signed],
    ['InvalidRequestException', `"${'x'.repeat(300_000)}"`, signed],
    ['UnknownOperationException', '{}', { ...signed, 'x-amz-target': 'secretsmanager.DeleteSecret' }],
    ['UnknownOperationException', '{}', { ...signed, 'x-amz-target': 'secretsmanager.__proto__' }],
  ])('answers %s to what it does not understand', async (code, body, headers) => {
    const response = await post(body, headers);

    expect(response.status).toBe(400);
    await expect(response.json()).resolves.toMatchObject({ __type: code });
  });
});
