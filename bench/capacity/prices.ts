/** Amazon DynamoDB, on demand, standard table class, in dollars for a million request units. */
export const PRICES = { region: 'us-east-1', asOf: '2024-11-01', writeUnits: 0.625, readUnits: 0.125 } as const;

/** What the table costs for a million such requests. */
export const dollarsPerMillion = ({ readUnits, writeUnits }: { readonly readUnits: number; readonly writeUnits: number }): number =>
  writeUnits * PRICES.writeUnits + readUnits * PRICES.readUnits;
