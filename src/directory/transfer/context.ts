import type { Customization } from '../../scim/schema/custom/customization.ts';
import type { Registry } from '../../scim/schema/resource-type.ts';
import type { FindMapping } from '../mapping/profile.ts';
import type { ImportPolicy } from './policy.ts';
import type { TransferStore } from './ports.ts';

/** What the lines of one batch are judged by. */
export type ImportContext = {
  readonly store: TransferStore;
  readonly registry: Registry;
  readonly customization: Customization;
  readonly policy: ImportPolicy;
  /** Makes the profiles, which no file carries. */
  readonly mappingOf: FindMapping;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** Why one line is not brought in, in words for the operator; no value of the file is repeated. */
export class RefusedLine extends Error {
  override readonly name = 'RefusedLine';
}
