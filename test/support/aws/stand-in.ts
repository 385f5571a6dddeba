import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { urlOf } from '../access-secrets.ts';

export type Reply = { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body: string };

export type StandIn = {
  readonly url: string;
  /** What the AWS SDK of a process has to find in its environment. */
  readonly variables: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
};

/** Stands in for services of AWS, all of them at one address. */
export async function startStandIn(answer: (request: IncomingMessage, body: string) => Reply | Promise<Reply>): Promise<StandIn> {
  const replyTo = async (request: IncomingMessage): Promise<Reply> => answer(request, (await request.toArray()).join(''));
  const server = createServer((request, response) => {
    void replyTo(request).then(
      ({ status = 200, headers, body }) => response.writeHead(status, headers).end(body),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = urlOf(server);
  return {
    url,
    variables: { AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-central-1', AWS_ACCESS_KEY_ID: 'A', AWS_SECRET_ACCESS_KEY: 'S' },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
