import type { TRANSFER_ACTS } from '../../../src/access/acts/transfer-acts.ts';
import { exportDirectory } from '../../../src/directory/transfer/export-directory.ts';
import { importDirectory } from '../../../src/directory/transfer/import-directory.ts';
import type { Performers } from './performer.ts';

export const TRANSFER_PERFORMERS: Performers<keyof typeof TRANSFER_ACTS> = {
  'directory.export': ({ transfer }, asked, call) => exportDirectory(transfer, asked, call),
  'directory.import': ({ transfer }, asked, call) => importDirectory(transfer, asked, call),
};
