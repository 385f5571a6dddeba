export type Counts = { readonly changes: number; readonly appended: number; readonly published: number; readonly putAside: number };

/** What has come of one kind of records. */
export type Taken = {
  /** Index of the first record that has to come again. */
  readonly failedAt?: number;
  readonly counts?: Partial<Counts>;
};
