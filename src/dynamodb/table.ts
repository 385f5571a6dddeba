/** How the table's keys look, for whoever creates one outside the stack: the local server and the tests. */
export const TABLE_SCHEMA = {
  KeySchema: [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  AttributeDefinitions: [
    { AttributeName: 'pk', AttributeType: 'S' },
    { AttributeName: 'sk', AttributeType: 'S' },
  ],
  BillingMode: 'PAY_PER_REQUEST',
} as const;

/** Items that carry this attribute, in epoch seconds, vanish some time after it. */
export const TTL_ATTRIBUTE = 'ttl';

/** Version of the shape of our items, on every item. */
export const SCHEMA_VERSION = 1;
