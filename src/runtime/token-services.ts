import { randomBytes } from 'node:crypto';
import { applicationFinder, applicationLookUp } from '../access/application-cache.ts';
import { CredentialCache } from '../access/credential-cache.ts';
import type { TokenEndpoint } from '../access/oauth/grant.ts';
import { SecretCredentialStore } from '../aws/secrets.ts';
import { secretsClient } from '../aws/secrets-client.ts';
import { openApplicationRepository } from '../dynamodb/applications.ts';
import { openAssertionLedger } from '../dynamodb/assertions.ts';
import { openDynamoDb } from '../dynamodb/client.ts';
import { IssuerKeys } from '../federation/issuer-keys.ts';
import { assertionVerifier } from '../federation/verify-assertion.ts';
import { readEnvironment } from './environment.ts';
import type { HttpServices } from './services.ts';
import { writeLog } from './write-log.ts';

/** What the token endpoint needs, made once per process. */
export type TokenServices = Pick<HttpServices, 'environment' | 'policyOf' | 'clock' | 'log'> & { readonly endpoint: TokenEndpoint };

/** @throws {TypeError} — a variable of the environment is missing or malformed */
export function tokenServices(): TokenServices {
  const environment = readEnvironment();
  const { TABLE_NAME: tableName, SECRET_ID: secretId, TENANT: tenant, SETTINGS_SECONDS } = environment;
  const clock = Date.now;
  const log = writeLog((text) => process.stdout.write(text), clock);
  const client = openDynamoDb();
  const applications = openApplicationRepository({ client, tableName });
  const freshness = SETTINGS_SECONDS === undefined ? {} : { freshMs: SETTINGS_SECONDS * 1_000 };
  const findApplication = applicationFinder(applicationLookUp({ applications, now: clock, ...freshness }), clock);
  const credentials = new CredentialCache({
    secrets: new SecretCredentialStore({ client: secretsClient(), secretId }),
    now: clock,
    notify: (notice) => log({ event: 'notice', tenant, notice }),
  });
  return {
    environment,
    policyOf: async (application, call) => (await findApplication(application, call)).policy,
    clock,
    log,
    endpoint: {
      credentials,
      assertions: assertionVerifier({ keys: new IssuerKeys({ now: clock }), now: clock }),
      ledger: openAssertionLedger({ client, tableName }),
      now: clock,
      randomBytes,
    },
  };
}
