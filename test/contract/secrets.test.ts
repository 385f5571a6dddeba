import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CredentialList, EMPTY_LIST } from '../../src/access/credential-list.ts';
import { SecretCredentialStore } from '../../src/aws/secrets.ts';
import { MemoryCredentialStore } from '../support/access-memory.ts';
import { openVault } from '../support/access-secrets.ts';
import { add, describeCredentialStore, idsIn } from './secrets.contract.ts';

let vault: Awaited<ReturnType<typeof openVault>>;
beforeAll(async () => {
  vault = await openVault();
});
afterAll(() => vault.close());

async function aSecret(): Promise<string> {
  const Name = `credentials-${randomUUID()}`;
  await vault.client().send(new CreateSecretCommand({ Name }));
  return Name;
}

const storeOf = (secretId: string, client: SecretsManagerClient = vault.client()) => new SecretCredentialStore({ client, secretId });

describeCredentialStore('memory', async () => new MemoryCredentialStore());
describeCredentialStore('Secrets Manager', async () => storeOf(await aSecret()));

describe('credentials in a secret', () => {
  it('are decided on anew when another operator was faster', async () => {
    const secretId = await aSecret();
    const seen: number[] = [];
    const decide = (list: CredentialList) => {
      seen.push(list.credentials.length);
      return add('slow')(list);
    };
    const racing = vault.client();
    let raced = false;
    racing.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'PutSecretValueCommand' && !raced) {
          raced = true;
          await storeOf(secretId).changeCredentials(add('fast'));
        }
        return next(args);
      },
      { step: 'initialize' },
    );

    await storeOf(secretId, racing).changeCredentials(decide);

    expect(seen).toEqual([0, 1]);
    await expect(idsIn(storeOf(secretId))).resolves.toEqual(['fast', 'slow']);
  });

  it.each(['PutSecretValueCommand', 'UpdateSecretVersionStageCommand'])(
    'are changed once although the answer to %s was lost',
    async (lost) => {
      const secretId = await aSecret();
      await storeOf(secretId).changeCredentials(add('first'));
      const client = vault.client();
      losingOneAnswerTo(lost, client);

      await storeOf(secretId, client).changeCredentials(add('second'));

      await expect(idsIn(storeOf(secretId))).resolves.toEqual(['first', 'second']);
    },
  );

  it('are changed once where the first version does not become the current one by itself', async () => {
    const secretId = await aSecret();
    const client = vault.client();
    client.middlewareStack.add(
      (next) => async (args) => {
        const answer = await next(args);
        return { ...answer, output: { ...answer.output, VersionStages: ['SCIM_PENDING'] } };
      },
      { step: 'initialize' },
    );

    await storeOf(secretId, client).changeCredentials(add('first'));

    await expect(idsIn(storeOf(secretId))).resolves.toEqual(['first']);
  });

  it('leave one version with a label besides the current and the previous one', async () => {
    const secretId = await aSecret();
    for (const id of ['one', 'two', 'three', 'four']) await storeOf(secretId).changeCredentials(add(id));

    const { VersionIdsToStages = {} } = await vault.client().send(new DescribeSecretCommand({ SecretId: secretId }));

    const labels = Object.values(VersionIdsToStages).filter((stages) => stages.length > 0);
    expect(labels.map((stages) => stages.toSorted()).toSorted()).toEqual([['AWSCURRENT', 'SCIM_PENDING'], ['AWSPREVIOUS']]);
  });

  it('give up when others never stop changing them, and say so', async () => {
    const secretId = await aSecret();
    await storeOf(secretId).changeCredentials(add('first'));
    const client = vault.client();
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName === 'UpdateSecretVersionStageCommand') await storeOf(secretId).changeCredentials(() => EMPTY_LIST);
        return next(args);
      },
      { step: 'initialize' },
    );
    const pauses: number[] = [];
    const sleep = async (ms: number) => pauses.push(ms);

    const changed = new SecretCredentialStore({ client, secretId, sleep, random: () => 1 }).changeCredentials(add('second'));

    await expect(changed).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('try again') });
    expect(pauses.slice(0, 6)).toEqual([50, 100, 200, 400, 800, 1_000]);
  });

  it.each([
    ['there is no such secret', 'ResourceNotFoundException', () => storeOf('absent')],
    ['the access key is another', 'UnrecognizedClientException', () => storeOf('absent', vault.client('AKIDOTHER'))],
  ])('are out of reach, not empty, when %s', async (_, reason, open) => {
    await expect(open().readCredentials()).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining(reason) });
  });

  it('are out of reach when the secret holds something else, which is not repeated', async () => {
    const SecretId = await aSecret();
    await vault.client().send(new PutSecretValueCommand({ SecretId, SecretString: 'canary-4711' }));

    const read = storeOf(SecretId).readCredentials();

    await expect(read).rejects.toMatchObject({ kind: 'unavailable', message: expect.stringContaining('no list of credentials') });
    await expect(read).rejects.toMatchObject({ message: expect.not.stringContaining('canary') });
  });

  it('are not changed when the version to be made current is refused for another reason', async () => {
    const secretId = await aSecret();
    await storeOf(secretId).changeCredentials(add('first'));
    const client = vault.client();
    client.middlewareStack.add(
      (next, context) => async (args) => {
        if (context.commandName !== 'UpdateSecretVersionStageCommand') return next(args);
        throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
      },
      { step: 'initialize' },
    );

    await expect(storeOf(secretId, client).changeCredentials(add('second'))).rejects.toMatchObject({
      message: expect.stringContaining('AccessDeniedException'),
    });
    await expect(idsIn(storeOf(secretId))).resolves.toEqual(['first']);
  });
});

/** The request arrives and is done; its answer does not come back, so that the SDK sends it again. */
function losingOneAnswerTo(commandName: string, client: SecretsManagerClient): void {
  let lost = false;
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const answer = await next(args);
      if (lost || context.commandName !== commandName) return answer;
      lost = true;
      throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError', code: 'ECONNRESET' });
    },
    { step: 'deserialize', priority: 'high' },
  );
}

it('refuses to move a label away from a version that no longer holds it, as Secrets Manager does', async () => {
  const SecretId = await aSecret();
  const client = vault.client();
  const put = () => client.send(new PutSecretValueCommand({ SecretId, SecretString: randomUUID() }));
  const [first, second, third] = [await put(), await put(), await put()];

  const moved = client.send(
    new UpdateSecretVersionStageCommand({
      SecretId,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: second.VersionId,
      RemoveFromVersionId: first.VersionId,
    }),
  );

  await expect(moved).rejects.toMatchObject({
    name: 'InvalidParameterException',
    message: expect.stringContaining(third.VersionId ?? '?'),
  });
});
