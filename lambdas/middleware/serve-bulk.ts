import type { DirectoryOf } from '../../src/runtime/directory.ts';
import { ScimError } from '../../src/scim/errors.ts';
import type { Serve } from './exchange.ts';

export const serveBulk =
  (_directoryOf: DirectoryOf): Serve =>
  ({ target }) => {
    if (target.kind === 'bulk') throw new ScimError('notImplemented');
    return undefined;
  };
