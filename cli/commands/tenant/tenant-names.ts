import * as z from 'zod/mini';

const tenantName = z.string().check(z.regex(/^[a-z0-9-]+$/, 'A tenant is named as its file is, without ".json".'));

/** Any number of tenants, by the names of their files. */
export const tenantNames = z.readonly(z.array(tenantName));
