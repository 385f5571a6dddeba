import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '../../../../src/scim/json.ts';
import { NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { parseResource } from '../../../../src/scim/schema/parse-resource.ts';
import { DEVICE } from '../../../support/scim-every-type.ts';
import { refusal } from '../documents.ts';

const parse = (attributes: JsonObject): JsonObject =>
  parseResource(DEVICE, { schemas: [DEVICE.schema.id], name: 'd', ...attributes }, NO_LENIENCIES).document;

describe('a decimal', () => {
  it('that is too large to be a number is refused', () => {
    expect(parse({ ratio: 1e308 })).toMatchObject({ ratio: 1e308 });
    expect(() => parse({ ratio: JSON.parse('1e999') })).toThrow(refusal('invalidValue', 'ratio must be a number'));
  });
});

describe('a part that is writeOnly', () => {
  it('is checked and not kept', () => {
    expect(parse({ details: { pin: '1234', text: 'a' } })).toEqual({ name: 'd', details: { text: 'a' } });
    expect(() => parse({ details: { pin: 1234 } })).toThrow(refusal('invalidValue', 'details.pin must be a string'));
  });
});
