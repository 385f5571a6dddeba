import { type DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from '@aws-sdk/client-dynamodb-streams';
import type { Errand, FeedWork } from '../../directory/ports.ts';
import { errandsIn } from '../sweeping/errands.ts';
import { placeOf } from './publication.ts';
import type { TableRecord } from './table-record.ts';
import { resourceIn } from './translate-records.ts';

type Records = Extract<FeedWork, { kind: 'records' }>;

const AT_ONCE = 100;
/** An answer may be empty although there is more: after so many of them, the rest is left for another time. */
const MOST_EMPTY = 20;
const AGAIN_SECONDS = 60;

/**
 * Looks again at records that were put aside, and says what makes up for them: what they announce is to be done, what
 * resources they are about are now is to be told, and what they added to the log is to be published.
 *
 * @throws when the stream holds them no more: it keeps a day
 */
export async function makeUpFor(
  client: Pick<DynamoDBStreamsClient, 'send'>,
  work: Records,
  hasTime: () => boolean,
): Promise<readonly Errand[]> {
  const errands = new Map<string, Errand>();
  let { from } = work;
  let iterator = await iteratorAt(client, work);
  for (let empty = 0; iterator !== undefined; ) {
    const isQuiet = empty === MOST_EMPTY;
    if (isQuiet || !hasTime()) return [...errands.values(), { work: { ...work, from }, delaySeconds: isQuiet ? AGAIN_SECONDS : 0 }];
    const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: AT_ONCE }));
    const wanted = Records.filter(({ dynamodb }) => isUpTo(numberOf(dynamodb), work.upTo));
    for (const errand of wanted.flatMap(errandsOf)) errands.set(nameOf(errand), errand);
    from = wanted.at(-1)?.dynamodb?.SequenceNumber ?? from;
    if (wanted.length < Records.length || from === work.upTo) break;
    empty = Records.length === 0 ? empty + 1 : 0;
    iterator = NextShardIterator;
  }
  return [...errands.values()];
}

const numberOf = (record: TableRecord['dynamodb']): string => record?.SequenceNumber ?? '0';

async function iteratorAt(client: Pick<DynamoDBStreamsClient, 'send'>, { stream, shard, from }: Records): Promise<string | undefined> {
  const command = new GetShardIteratorCommand({
    StreamArn: stream,
    ShardId: shard,
    ShardIteratorType: 'AT_SEQUENCE_NUMBER',
    SequenceNumber: from,
  });
  return (await client.send(command)).ShardIterator;
}

const isUpTo = (sequenceNumber: string, upTo: string): boolean => BigInt(sequenceNumber) <= BigInt(upTo);

function errandsOf(record: TableRecord): readonly Errand[] {
  const { NewImage } = record.dynamodb ?? {};
  const [resource, place] = [resourceIn(record), placeOf(record)];
  return [
    ...(NewImage === undefined ? [] : errandsIn([NewImage])),
    ...(resource === undefined ? [] : [{ work: { kind: 'announce', ...resource } as const, delaySeconds: 0 }]),
    ...(place === undefined ? [] : [{ work: { kind: 'publish', ...place } as const, delaySeconds: 0 }]),
  ];
}

/** Several records about one resource are made up for at once, by the last version known. */
const nameOf = ({ work }: Errand): string => (work.kind === 'announce' ? `announce\n${work.type}\n${work.id}` : JSON.stringify(work));
