import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entraClient } from '../support/entra-client.ts';
import { AUDIENCE, type Issuer, openIssuer, SUBJECT } from '../support/issuer.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { type TemporaryFolder, temporaryFolder } from '../support/local-folder.ts';
import { type LocalServer, startLocalServer } from '../support/local-server.ts';

let folder: TemporaryFolder;
let server: LocalServer;
let issuer: Issuer;
let created: Awaited<ReturnType<typeof scim>>;
let federated: Awaited<ReturnType<typeof scim>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  [server, issuer] = await Promise.all([startLocalServer(folder.path), openIssuer()]);
  created = await scim('client create --name Entra');
  federated = await scim(`client federate --issuer ${issuer.url} --subject ${SUBJECT} --audience ${AUDIENCE}`);
}, 60_000);

afterAll(async () => {
  await server.end('SIGTERM');
  await issuer.close();
  await folder[Symbol.asyncDispose]();
}, 30_000);

async function scim(line: string) {
  const { status, out } = await runLocalCommand(folder.path, `${line} --json`);
  expect(status).toBe(0);
  return JSON.parse(out[0] ?? '');
}

const clientOf = ({ client, tenantUrl }: { readonly client: { readonly clientId: string }; readonly tenantUrl: string }) =>
  entraClient({ tenantUrl, tokenEndpoint: `${tenantUrl}/oauth2/token`, clientId: client.clientId });

/** Test Connection: somebody who cannot exist is looked for, and the answer is an empty list. */
const TEST_CONNECTION = '/Users?filter=userName+eq+%223f6c9a58-0000-4000-8000-00000000ffff%22';

/** Keys are asked for again after 10 seconds at the earliest. */
async function untilTaken<Answer extends { readonly status: number }>(ask: () => Promise<Answer>): Promise<Answer> {
  for (let tries = 0; tries < 60; tries += 1) {
    const answer = await ask();
    if (answer.status === 200) return answer;
    await setTimeout(250);
  }
  return ask();
}

describe('a client of the local server', () => {
  it('exchanges its secret, in the body or in the header, for an access token that Test Connection passes with', async () => {
    const { requestToken, call } = clientOf(created);

    const inBody = await requestToken({ secret: created.clientSecret, place: 'body' });
    const inHeader = await requestToken({ secret: created.clientSecret, place: 'header' });

    expect([inBody.status, inBody.expires_in, inHeader.status]).toEqual([200, 3_600, 200]);
    const { status, text } = await call('GET', TEST_CONNECTION, inHeader.access_token);
    expect([status, JSON.parse(text).totalResults]).toEqual([200, 0]);
  });

  it('is refused with a wrong secret, and its secret is refused where an access token is asked for', async () => {
    const { requestToken, call } = clientOf(created);

    const wrong = await requestToken({ secret: `${created.clientSecret}x`, place: 'body' });
    const direct = await call('GET', '/Users', created.clientSecret);
    const none = await call('GET', '/Nowhere', 'none');

    expect([wrong.status, wrong.error]).toEqual([401, 'invalid_client']);
    expect([direct.status, direct.text]).toEqual([401, none.text]);
  });

  it('exchanges an assertion of the issuer that is trusted, once, also after the issuer has changed its key', async () => {
    const { requestToken, call } = clientOf(federated);
    const assertion = issuer.sign(issuer.claims());

    const first = await requestToken({ assertion });
    const second = await requestToken({ assertion });
    const forAnother = await requestToken({ assertion: issuer.sign(issuer.claims({ aud: 'api://other' })) });
    issuer.rotate();
    const rotated = await untilTaken(() => requestToken({ assertion: issuer.sign(issuer.claims()) }));

    expect([first.status, second.status, second.error, forAnother.status, rotated.status]).toEqual([200, 401, 'invalid_client', 401, 200]);
    expect((await call('GET', TEST_CONNECTION, rotated.access_token)).status).toBe(200);
  }, 60_000);

  it('leaves neither secret nor assertion nor access token in the log', async () => {
    const { requestToken } = clientOf(created);
    const { access_token: accessToken = '' } = await requestToken({ secret: created.clientSecret, place: 'body' });

    const log = await readFile(join(folder.path, 'scim.log'), 'utf8');

    expect(log).toContain('"route":"/oauth2/token"');
    expect(log).not.toContain(created.clientSecret);
    expect(log).not.toContain(accessToken.slice(-43));
    expect(log).not.toContain('eyJ');
  }, 60_000);
});
