import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseForm } from '../../../../src/access/oauth/form.ts';
import { OAuthError } from '../../../../src/access/oauth/refusal.ts';

describe('parseForm', () => {
  it('reads what URLSearchParams writes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme', minLength: 1 })), (parameters) => {
        const form = parseForm(new URLSearchParams(parameters).toString());

        expect(new Map(form)).toEqual(new Map(Object.entries(parameters)));
      }),
    );
  });

  it('makes a form or a refusal of any text', () => {
    const pieces = fc.array(fc.constantFrom('a', '=', '&', '%', '%2', '%20', '+', '%ff', 'é', '\u0000'), { maxLength: 12 });
    fc.assert(
      fc.property(pieces, (parts) => {
        try {
          expect(parseForm(parts.join(''))).toBeInstanceOf(Map);
        } catch (error) {
          expect(error).toBeInstanceOf(OAuthError);
        }
      }),
    );
  });

  it('takes a form of 32,768 bytes, and none that is longer', () => {
    expect(parseForm(`a=${'x'.repeat(32_766)}`).size).toBe(1);
    expect(() => parseForm(`a=${'x'.repeat(32_767)}`)).toThrow(expect.objectContaining({ status: 413 }));
    expect(() => parseForm(`a=${'é'.repeat(16_384)}`)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});
