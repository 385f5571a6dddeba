import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { StoreCall } from '../directory/ports.ts';
import { type Attributes, text } from './item.ts';
import type { TableKey } from './keys.ts';
import { REAL_PACE } from './retry.ts';
import { TableClient } from './table-client.ts';

/** Reads one item of the settings. */
export type ReadSettings = (key: TableKey, call: StoreCall) => Promise<Attributes | undefined>;

type Asked = { readonly key: TableKey; readonly call: StoreCall; readonly answer: (row: Promise<Attributes | undefined>) => void };

export type SettingsReaderOptions = { readonly client: Pick<DynamoDBClient, 'send'>; readonly tableName: string };

/**
 * Reads items that one request asks for in the same moment by one call: a cold start opens one connection less, and the
 * units are the same.
 */
export function settingsReader({ client, tableName }: SettingsReaderOptions): ReadSettings {
  const table = new TableClient(client, tableName, REAL_PACE);
  let waiting: readonly Asked[] = [];
  const readWaiting = (): void => {
    for (const together of Map.groupBy(waiting, ({ call }) => call).values()) readTogether(table, together);
    waiting = [];
  };
  return (key, call) => {
    if (waiting.length === 0) queueMicrotask(readWaiting);
    return new Promise((answer) => {
      waiting = [...waiting, { key, call, answer }];
    });
  };
}

function readTogether(table: TableClient, asked: readonly Asked[]): void {
  const [first, ...others] = asked;
  if (first === undefined) return;
  const { key: only, call } = first;
  const reading =
    others.length === 0
      ? table.get(only, call).then((row) => (row ? [row] : []))
      : table.getMany(
          asked.map(({ key }) => key),
          call,
        );
  for (const { key, answer } of asked) answer(reading.then((rows) => rows.find((row) => isAt(row, key))));
}

const isAt = (row: Attributes, { pk, sk }: TableKey): boolean => text(row, 'pk') === pk && text(row, 'sk') === sk;
