import { createServer, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { SECRET_STRING, USER } from './fixture.ts';

export type StubServices = { readonly url: string; readonly close: () => void };

/** Stands in for DynamoDB and Secrets Manager on loopback, and answers at once, so that only the process is measured. */
export async function startStubServices(): Promise<StubServices> {
  const server = createServer(async (request, response) => {
    const answer = JSON.stringify(answerTo(request.headers['x-amz-target'], JSON.parse(await body(request))));
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.0' }).end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${portOf(server)}`, close: () => server.close() };
}

type Asked = { readonly Key?: { readonly sk?: { readonly S?: string } } };

function answerTo(target: string | string[] | undefined, { Key }: Asked): object {
  if (target === 'secretsmanager.GetSecretValue') {
    return { ARN: 'arn:aws:secretsmanager:us-east-1:000000000000:secret:bench', VersionId: 'bench', SecretString: SECRET_STRING };
  }
  if (target === 'DynamoDB_20120810.BatchGetItem') return { Responses: {}, UnprocessedKeys: {} };
  if (target === 'DynamoDB_20120810.GetItem') return Key?.sk?.S === USER['sk']?.S ? { Item: USER } : {};
  return { Items: [], Count: 0, ScannedCount: 0 };
}

const body = (request: IncomingMessage): Promise<string> => text(request);

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('the stub listens on no port');
  return address.port;
}
