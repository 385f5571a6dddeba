import { once } from 'node:events';
import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
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

/** Room for a filter far beyond what the endpoint takes, so that the refusal is the endpoint's. */
const MAX_HEADER_BYTES = 256 * 1024;

/** Takes the port before anything else is started, so that a busy one costs nothing and leaves nothing behind. */
export async function listen(port: number): Promise<Listener> {
  let current: RequestListener = (_request, response) => send(response, refusal(503, 'The server is starting.', { 'Retry-After': '1' }));
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => current(request, response));
  server.on('clientError', refuseMalformed);
  const idle = idleConnections(server);
  await bind(server, port);
  const address = server.address();
  if (address === null || typeof address === 'string') throw new TypeError('a TCP server has a port');
  return {
    port: address.port,
    serve: (listener) => {
      current = listener;
    },
    close: () => drain(server, idle),
  };
}

/** What is no HTTP never becomes a request, so its answer is written by hand. */
function refuseMalformed(error: Error, socket: Duplex): void {
  if (!socket.writable) return void socket.destroy();
  const isTooLong = systemCode(error) === 'HPE_HEADER_OVERFLOW';
  const { status, headers, body } = isTooLong ? refusal(431, 'The URL and the headers are too long.') : refusal(400, 'This is not HTTP.');
  const lines = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...headers.map(([name, value]) => `${name}: ${value}`)];
  socket.end(`${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`);
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

/** The connections that have no request under way, those that never sent one included: Node itself closes only the others. */
function idleConnections(server: Server): ReadonlySet<Socket> {
  const idle = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    idle.add(socket);
    socket.once('close', () => idle.delete(socket));
  });
  server.on('request', ({ socket }, response) => {
    idle.delete(socket);
    response.once('close', () => {
      if (server.listening) idle.add(socket);
      else socket.destroySoon();
    });
  });
  return idle;
}

async function drain(server: Server, idle: ReadonlySet<Socket>): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  for (const socket of idle) socket.destroy();
  const timer = setTimeout(() => server.closeAllConnections(), DRAINS_WITHIN_MS);
  await closed;
  clearTimeout(timer);
}
