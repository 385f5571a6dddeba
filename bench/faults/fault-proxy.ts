import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '../support/random.ts';
import { type Call, type Fault, faultFor } from './fault.ts';

export type FaultProxy = AsyncDisposable & {
  readonly endpoint: string;
  /** The part of all calls that something happens to: at 1 no call is answered as it should be. */
  rate: number;
  /** How often each fault has happened, and how many calls there were. */
  readonly counts: Map<string, number>;
};

/** Stands between the store and its clients, and lets happen to their calls what happens in a network. */
export async function startFaultProxy(target: string, random: Random): Promise<FaultProxy> {
  const agent = new Agent({ keepAlive: true });
  const counts = new Map<string, number>();
  const count = (title: string) => counts.set(title, (counts.get(title) ?? 0) + 1);
  const server = createServer(async (request, response) => {
    const call = await readCall(request);
    count('calls');
    const isHit = random.chance(proxy.rate);
    const [title, fault] = isHit ? faultFor(random, call, proxy.rate < 1) : [];
    if (title !== undefined) count(title);
    const forward = () => passOn(target, agent, request, call.body);
    await letHappen(fault, forward, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('no port');
  const proxy: FaultProxy = {
    endpoint: `http://127.0.0.1:${address.port}`,
    rate: 0,
    counts,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      agent.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return proxy;
}

type Answer = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

async function letHappen(fault: Fault | undefined, forward: () => Promise<Answer>, response: ServerResponse): Promise<void> {
  switch (fault?.kind) {
    case 'refused':
      response.writeHead(fault.status, { 'content-type': 'application/x-amz-json-1.0' }).end(fault.body);
      return;
    case 'silence':
      if (fault.isDone) await forward();
      return;
    case 'reset':
      if (fault.isDone) await forward();
      response.destroy();
      return;
    case 'torn': {
      const { status, headers, body } = await forward();
      response.writeHead(status, headers).write(body.subarray(0, body.length / 2), () => response.destroy());
      return;
    }
    default: {
      if (fault !== undefined) await delay(fault.ms);
      const { status, headers, body } = await forward();
      response.writeHead(status, headers).end(body);
    }
  }
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const body = (await readAll(request)).toString('utf8');
  return { operation: String(request.headers['x-amz-target']).split('.').at(-1) ?? '', body };
}

async function passOn(target: string, agent: Agent, { method, headers }: IncomingMessage, body: string): Promise<Answer> {
  const sent = sendRequest(target, { agent, headers, ...(method !== undefined && { method }) });
  sent.end(body);
  const [answer]: IncomingMessage[] = await once(sent, 'response');
  if (answer === undefined) throw new TypeError('a response has a message');
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await readAll(answer) };
}

async function readAll(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
