import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { ADMIN_PATH } from './admin-endpoint.ts';
import { type DataFolder, readIfPresent, writePrivateFile } from './data-folder.ts';

const accessKeySchema = z.object({ accessKeyId: z.string().check(z.regex(/^[A-Z0-9]{20}$/)) });

/**
 * The access key that store and secrets endpoint are called with, made once for the folder: DynamoDB Local keeps
 * the tables of each key apart, and a new one at each start would look like lost data.
 */
export async function accessKeyOf(folder: DataFolder): Promise<string> {
  const file = folder.pathOf('access-key.json');
  const text = await readIfPresent(file);
  if (text !== undefined) return accessKeySchema.parse(JSON.parse(text)).accessKeyId;
  const accessKeyId = `LOCAL${randomBytes(10).toString('hex').slice(0, 15).toUpperCase()}`;
  await writePrivateFile(file, JSON.stringify({ accessKeyId }));
  return accessKeyId;
}

export const newAdminKey = (): string => randomBytes(32).toString('base64url');

export const adminFile = (folder: DataFolder): string => folder.pathOf('admin.json');

type Announced = { readonly port: number; readonly key: string; readonly tenantUrl: string };

/** Leaves the address and the key of the admin endpoint where the command line looks for them. */
export const announceAdmin = (folder: DataFolder, { port, key, tenantUrl }: Announced): Promise<void> =>
  writePrivateFile(adminFile(folder), `${JSON.stringify({ url: `http://127.0.0.1:${port}${ADMIN_PATH}`, key, tenantUrl }, null, 2)}\n`);
