import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import { refusal } from './gateway/answer.ts';
import { send } from './gateway/send.ts';
import { StartRefusal, systemCode } from './start-refusal.ts';

export type Listener = {
  readonly port: number;
  /** From here on requests are answered by `listener`; until then they are asked to come back. */
  readonly serve: (listener: RequestListener) => void;
  /** Takes no more connections, lets requests under way finish, and cuts them off after a while. */
  readonly close: () => Promise<void>;
};

const DRAINS_WITHIN_MS = 5_000;

/** Takes the port before anything else is started, so that a busy one costs nothing and leaves nothing behind. */
export async function listen(port: number): Promise<Listener> {
  let current: RequestListener = (_request, response) => send(response, refusal(503, 'The server is starting.', { 'Retry-After': '1' }));
  const server = createServer((request, response) => current(request, response));
  await bind(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    port: address.port,
    serve: (listener) => {
      current = listener;
    },
    close: () => drain(server),
  };
}

async function bind(server: Server, port: number): Promise<void> {
  try {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  } catch (error) {
    if (systemCode(error) === 'EADDRINUSE')
      throw new StartRefusal(`Port ${port} is in use. Choose another: PORT=${port + 1} npm start.`, { cause: error });
    if (systemCode(error) === 'EACCES')
      throw new StartRefusal(`Port ${port} needs more rights than this user has. Choose one above 1023: PORT=8080 npm start.`, {
        cause: error,
      });
    throw error;
  }
}

async function drain(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), DRAINS_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}
