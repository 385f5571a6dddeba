import { describe, expect, it } from '@jest/globals';
import { openFeedLog } from '../../src/dynamodb/feed/log.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { anEntry } from '../support/feed.ts';
import { aCall } from '../support/store-call.ts';
import { resourcesOf, templateOf } from './synthesised.ts';

const DAY_MS = 86_400_000;
const RETENTION_DAYS = 30;

type Part = Readonly<Record<string, unknown>>;
type Command = { readonly input: { readonly TransactItems?: readonly Part[] }; readonly constructor: { readonly name: string } };

/** What IAM asks for before a command is done: of a transaction, the actions of its parts. */
const actionsOf = ({ input, constructor: { name } }: Command): readonly string[] =>
  (input.TransactItems?.flatMap((part) => Object.keys(part)) ?? [name.replace('Command', '')]).map(
    (action) => `dynamodb:${action.endsWith('Item') || action === 'Query' ? action : `${action}Item`}`,
  );

describe('the stream function', () => {
  it.each([
    ['nothing was told before', undefined],
    ['something was told just now', 0],
    ['the last that was told is soon deleted', RETENTION_DAYS + 1 - 0.4],
    ['the last that was told may be deleted any moment', RETENTION_DAYS + 1 - 0.1],
  ])('may write the log of events when %s', async (_when, daysAgo) => {
    const { client, tableName } = await openTestTable();
    const options = { client, tableName, tenant: 'acme', retentionDays: RETENTION_DAYS };
    if (daysAgo !== undefined) await openFeedLog({ ...options, now: () => Date.now() - daysAgo * DAY_MS }).append([anEntry(1)], aCall());
    const asked = new Set<string>();
    const recording = new Proxy(client, {
      get: (target, name) =>
        name === 'send'
          ? (command: Command, ...rest: readonly unknown[]) => {
              for (const action of actionsOf(command)) asked.add(action);
              return Reflect.apply(target.send, target, [command, ...rest]);
            }
          : Reflect.get(target, name),
    });

    await openFeedLog({ ...options, client: recording }).append([anEntry(2)], aCall());

    const [role] = resourcesOf(templateOf(), 'AWS::IAM::Role').filter(
      ({ Properties }) => /events:PutEvents/.test(JSON.stringify(Properties)) && /DescribeStream/.test(JSON.stringify(Properties)),
    );
    const granted = JSON.stringify(role);
    expect(asked.size).toBeGreaterThan(0);
    expect([...asked].filter((action) => !granted.includes(`"${action}"`))).toEqual([]);
  });
});
