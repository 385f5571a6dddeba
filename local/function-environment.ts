import type { StackEnvironment } from '../src/runtime/environment.ts';

export const SECRET_ID = 'scim-credentials';
export const REGION = 'us-east-1';

/** Where the services are, and what the table is called there. */
export type Services = { readonly store: string; readonly tableName: string; readonly secrets: string; readonly queue: string };

/** What Lambda and the stack would put into the environment, with the services of this machine in place of AWS. */
export function functionEnvironment(
  own: Omit<StackEnvironment, 'TABLE_NAME' | 'SECRET_ID' | 'QUEUE_URL' | 'DEAD_LETTER_QUEUE_URL'> & { readonly PUBLIC_URL: string },
  { store, tableName, secrets, queue }: Services,
  accessKeyId: string,
): Readonly<Record<string, string>> {
  const queues = { QUEUE_URL: `${queue}/work`, DEAD_LETTER_QUEUE_URL: `${queue}/dead-letters` };
  const ours: StackEnvironment & { readonly PUBLIC_URL: string } = { ...own, ...queues, TABLE_NAME: tableName, SECRET_ID };
  return {
    ...ours,
    AWS_ENDPOINT_URL_DYNAMODB: store,
    AWS_ENDPOINT_URL_DYNAMODB_STREAMS: store,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secrets,
    AWS_ENDPOINT_URL_SQS: queue,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: accessKeyId,
  };
}

/** Would have the SDK use an account, or an endpoint, of the person at the terminal. */
const NOT_OURS = ['AWS_PROFILE', 'AWS_SESSION_TOKEN', 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];

export function applyEnvironment(variables: Readonly<Record<string, string>>): void {
  for (const name of NOT_OURS) delete process.env[name];
  Object.assign(process.env, variables);
}
