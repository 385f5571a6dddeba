/** One value that CloudWatch has been sent. */
export type Datapoint = {
  readonly namespace: string;
  readonly metric: string;
  /** As text, sorted by name: what makes it one metric and no other. */
  readonly dimensions: string;
  readonly atMs: number;
  readonly value: number;
};

export const dimensionsOf = (dimensions: Readonly<Record<string, unknown>>): string => JSON.stringify(Object.entries(dimensions).sort());
