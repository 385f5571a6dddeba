/** The tenants of a run: one for each set-up page that is walked through, and one for everything else. */
export type E2eTenant = { readonly name: string; readonly preset: string; readonly flags: readonly string[] };

/** Users and groups, under Infor's URL; a production stack, so that it guards what it holds. */
export const GUARDED = 'inforsts-tst';

/** A stack for trying things out: it goes without a trace. */
export const PASSING = 'acme-dev';

export const TENANTS: readonly E2eTenant[] = [
  { name: GUARDED, preset: 'infor-cloudsuite', flags: [] },
  { name: 'acme-rfp', preset: 'rfpio', flags: [] },
  { name: 'acme-docs', preset: 'iprova', flags: [] },
  { name: 'acme-one', preset: 'miniorange', flags: [] },
  { name: 'acme-two', preset: 'miniorange', flags: [] },
  { name: 'acme-all', preset: 'entra', flags: [] },
  { name: PASSING, preset: 'entra', flags: ['--environment', 'dev'] },
];

export const stackOf = (tenant: string): string => `scim-${tenant}`;
