import { type Customization, NO_CUSTOMIZATION } from '../../scim/schema/custom/customization.ts';
import { readCustomization } from '../../scim/schema/custom/print.ts';
import type { StoredSchemas } from '../ports.ts';

/** What the item of the schemas says; undefined if this version cannot read it. */
export const customizationOf = (stored: StoredSchemas | undefined): Customization | undefined =>
  stored === undefined ? NO_CUSTOMIZATION : readCustomization(stored.text);
