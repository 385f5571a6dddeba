import { randomBytes } from 'node:crypto';
import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { runCommandLine } from '../../cli/program.ts';
import { applicationSchema } from '../../src/access/application.ts';
import { SecretCredentialStore } from '../../src/aws/secrets.ts';
import { MemoryApplicationRepository } from '../support/access-memory.ts';
import { openVault } from '../support/access-secrets.ts';
import { aTerminal } from '../support/admin-terminal.ts';

let vault: Awaited<ReturnType<typeof openVault>>;
beforeAll(async () => {
  vault = await openVault();
});
afterAll(() => vault.close());

const HR = applicationSchema.parse({ key: 'hr', title: 'HR', policy: {}, schemaVersion: 1, createdAt: '2026-01-01T00:00:00.000Z' });

it('20 operators who make a token at the same moment lose none: each is told the one that is kept', async () => {
  await vault.client().send(new CreateSecretCommand({ Name: 'parallel' }));
  const applications = new MemoryApplicationRepository();
  applications.stored.set('hr', HR);
  const operator = () =>
    aTerminal({ vault: new SecretCredentialStore({ client: vault.client(), secretId: 'parallel' }), applications, randomBytes });
  const operators = Array.from({ length: 20 }, operator);

  const statuses = await Promise.all(
    operators.map(({ terminal }, index) =>
      runCommandLine(['token', 'create', '--local', '--json', ...(index % 2 ? ['--app', 'hr'] : [])], terminal),
    ),
  );

  const told = operators.map(({ out }) => JSON.parse(out.join('')).credential.id);
  const { credentials } = await new SecretCredentialStore({ client: vault.client(), secretId: 'parallel' }).readCredentials();
  expect(statuses).toEqual(statuses.map(() => 0));
  expect(credentials.map(({ id }) => id).toSorted()).toEqual(told.toSorted());
  expect(new Set(told).size).toBe(20);
}, 60_000);
