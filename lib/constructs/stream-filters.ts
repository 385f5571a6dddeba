/** What a resource's own row has and its tombstone, elsewhere, shares but for the place. */
const RESOURCE = { pk: { S: [{ suffix: '#0' }] }, lastChange: { S: [{ exists: true }] } };

/**
 * The records of the table's stream that the stream function is invoked for; everything else that happens to the table
 * invokes nothing. Five patterns are what Lambda takes for one source, and it judges them by the record's images alone.
 */
const PATTERNS = [
  // A removal or a new name, whose memberships are to be swept; what expires was swept.
  { NewImage: { pk: { S: [{ prefix: 'Outbox#' }] }, ttl: { N: [{ exists: false }] } } },
  // A resource that came back, a large change, an item of the log of events.
  { NewImage: { pk: { S: [{ prefix: 'Restored#' }, 'Change', 'Feed'] } } },
  // A backfill that nobody works on yet.
  { NewImage: { pk: { S: ['Settings'] }, sk: { S: [{ prefix: 'Backfill#' }] }, worker: { S: [{ exists: false }] } } },
  // A resource that was created or changed, and one that was removed.
  { NewImage: RESOURCE },
  { OldImage: RESOURCE },
] as const;

export const STREAM_FILTERS = PATTERNS.map((images) => ({ pattern: JSON.stringify({ dynamodb: images }) }));
