import { expect } from '@jest/globals';
import { applyFile } from '../../../../../src/scim/schema/custom/apply-file.ts';
import { type Customization, NO_CUSTOMIZATION } from '../../../../../src/scim/schema/custom/customization.ts';
import { parseSchemaFile } from '../../../../../src/scim/schema/custom/parse.ts';
import type { Placing } from '../../../../../src/scim/schema/custom/place-schemas.ts';
import { REGISTRY } from '../../../../../src/scim/schema/resource-types.ts';

export const BADGE = 'urn:example:scim:schemas:extension:badge:2.0:User';
export const DEVICE = 'urn:example:scim:schemas:core:Device';

export const aSchema = (id: string, ...attributes: readonly object[]) => ({
  id,
  name: id.slice(id.lastIndexOf(':') + 1),
  attributes: attributes.length > 0 ? attributes : [{ name: 'code' }],
});

export const aType = (name: string, schema: string, overrides: object = {}) => ({ name, endpoint: `/${name}s`, schema, ...overrides });

/** What files, applied one after another, leave behind. */
export const applied = (...files: readonly unknown[]): Customization => files.reduce(apply, NO_CUSTOMIZATION);

export const apply = (current: Customization, file: unknown): Customization => place(current, file, {});

export const place = (current: Customization, file: unknown, placing: Placing): Customization =>
  applyFile(REGISTRY, current, parseSchemaFile(file), placing);

/** A refusal with these words in it. */
export const refusalWith = (words: string | RegExp) =>
  expect.objectContaining({
    kind: 'invalidValue',
    message: typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
  });
