import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { runCommandLine } from '../../cli/program.ts';
import { processTerminal } from '../../cli/terminal.ts';
import { expectedEntries } from '../../src/directory/restore/expected-entries.ts';
import type { Line } from '../../src/directory/transfer/lines.ts';
import { readLine } from '../../src/directory/transfer/lines.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';
import { openAws } from './aws/restorable-stack.ts';
import { drain } from './drain.ts';
import { contradictions } from './dynamodb-invariants.ts';
import { readTable } from './dynamodb-table.ts';
import { openEndpoint } from './endpoint.ts';
import { aTransfer, exportAll } from './transfer-services.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

/** When all was well. */
export const THEN = new Date('2026-06-01T12:00:00Z');
export const TO = '--to 2026-06-01T12:00:00Z';

/** Long enough ago that a removal is no longer looked out for. */
const LONG_AGO_MS = 600_000;

/** A tenant's directory behind its handlers, in an AWS that can go back in time, and the operator's command. */
export async function openScene() {
  const endpoint = await openEndpoint();
  const { table } = endpoint;
  const aws = await openAws(table.tableName);
  const send = async (method: string, path: string, body?: unknown) => {
    const answer = await endpoint.send(method, path, body === undefined ? {} : { body });
    if (answer.status >= 400) throw new TypeError(`${method} ${path}: ${answer.text}`);
    return answer.json;
  };
  const scene = {
    endpoint,
    table,
    aws,
    addUser: async (userName: string): Promise<string> =>
      (
        await send('POST', '/Users', {
          schemas: [USER],
          userName,
          externalId: `x-${userName}`,
          emails: [{ value: `${userName}@example.com` }],
        })
      ).id,
    addGroup: async (displayName: string, ids: readonly string[] = []): Promise<string> =>
      (await send('POST', '/Groups', { schemas: [GROUP], displayName, members: ids.map((value) => ({ value })) })).id,
    patch: (path: string, ...Operations: readonly unknown[]) => send('PATCH', path, { schemas: [PATCH], Operations }),
    remove: (path: string) => send('DELETE', path),
    /** What is left of removals is cleared away, as if some minutes had gone by. */
    settle: () => drain(table, { now: () => Date.now() - LONG_AGO_MS, inspects: false }),
    export: async (): Promise<readonly Line[]> => (await exportAll(aTransfer(table))).slice(1).flatMap(toLine),
    problems: async () => {
      await drain(table);
      return contradictions(await readTable(table.client, table.tableName), { entriesOf: expectedEntries(REGISTRY) });
    },
    /** An item vanishes, as no write of ours would have it. */
    lose: (pk: string, sk: string) =>
      table.client.send(new DeleteItemCommand({ TableName: table.tableName, Key: { pk: { S: pk }, sk: { S: sk } } })),
    scim: (line: string, typed?: string) => runScim(line, typed),
  };
  return scene;
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

const toLine = (text: string): readonly Line[] => {
  const read = readLine(JSON.parse(text));
  return 'line' in read ? [read.line] : [];
};

/** Runs the command in this process, as nobody but AWS's stand-in answers it. */
async function runScim(line: string, typed?: string) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    ...processTerminal(),
    isInteractive: typed !== undefined,
    ask: async () => typed ?? '',
    print: (text: string) => out.push(text),
    say: (text: string) => err.push(text),
    pause: async () => undefined,
    progress: () => true,
  };
  const status = await runCommandLine(line.split(' '), terminal);
  return { status, out, err };
}
