import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  RestoreTableToPointInTimeCommand,
  TableAlreadyExistsException,
} from '@aws-sdk/client-dynamodb';
import { AdminRefusal } from '../access/admin-refusal.ts';

/** A copy of a table as it was: where it stands. */
export type CopyState = 'absent' | 'coming' | 'ready';

export type PointInTimeCopy = { readonly source: string; readonly copy: string; readonly at: Date };

/**
 * Says where the copy stands that an earlier start may have asked for.
 *
 * @throws {AdminRefusal} another table has its name
 */
export async function readCopy(client: DynamoDBClient, { source, copy, at }: PointInTimeCopy): Promise<CopyState> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: copy })).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return { Table: undefined };
    throw error;
  });
  if (Table === undefined) return 'absent';
  const { SourceTableArn, RestoreDateTime, RestoreInProgress } = Table.RestoreSummary ?? {};
  if (SourceTableArn?.split('/').at(-1) !== source || RestoreDateTime?.getTime() !== at.getTime())
    throw new AdminRefusal(
      `There is a table ${copy}, and it is no copy of ${source} as of ${at.toISOString()}: look what it is, and delete it.`,
    );
  if (Table.TableStatus === 'DELETING')
    throw new AdminRefusal(`The table ${copy} of an earlier restore is just being deleted: try again in a few minutes.`);
  return Table.TableStatus === 'ACTIVE' && RestoreInProgress !== true ? 'ready' : 'coming';
}

/**
 * Asks for the copy; it takes its time.
 *
 * @throws {AdminRefusal} the table has no states to go back to, or none of this time
 */
export async function beginCopy(client: DynamoDBClient, { source, copy, at }: PointInTimeCopy): Promise<void> {
  await requireWithin(client, source, at);
  const request = { SourceTableName: source, TargetTableName: copy, RestoreDateTime: at };
  await client.send(new RestoreTableToPointInTimeCommand(request)).catch((error: unknown) => {
    if (!(error instanceof TableAlreadyExistsException)) throw error;
  });
}

async function requireWithin(client: DynamoDBClient, source: string, at: Date): Promise<void> {
  const { ContinuousBackupsDescription } = await client.send(new DescribeContinuousBackupsCommand({ TableName: source }));
  const { PointInTimeRecoveryStatus, EarliestRestorableDateTime, LatestRestorableDateTime } =
    ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
  if (PointInTimeRecoveryStatus !== 'ENABLED' || !EarliestRestorableDateTime || !LatestRestorableDateTime)
    throw new AdminRefusal(`Point-in-time recovery of the table ${source} is off: there is no earlier state to go back to.`);
  if (at >= EarliestRestorableDateTime && at <= LatestRestorableDateTime) return;
  throw new AdminRefusal(
    `--to must be between ${EarliestRestorableDateTime.toISOString()} and ${LatestRestorableDateTime.toISOString()}: these are the states that AWS keeps of the table ${source}.`,
  );
}

export async function deleteCopy(client: DynamoDBClient, { copy }: Pick<PointInTimeCopy, 'copy'>): Promise<void> {
  await client.send(new DeleteTableCommand({ TableName: copy }));
}
