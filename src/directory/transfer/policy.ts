/** What becomes of what is there already and differs. */
export const CONFLICT_POLICIES = ['fail', 'skip', 'replace'] as const;

export type ImportPolicy = {
  readonly onConflict: (typeof CONFLICT_POLICIES)[number];
  /** Everything is judged, and nothing written. */
  readonly dryRun: boolean;
};
