import { describe, expect, it } from '@jest/globals';
import type { Json } from '../../../src/scim/json.ts';
import { memberValuesIn } from '../../../src/scim/member-values.ts';

describe('the members in a list', () => {
  it('are known by their ids in lower case, and keep the name shown for them', () => {
    expect(memberValuesIn([{ value: 'U1', display: 'Babs', type: 'User' }, { value: 'u2' }])).toStrictEqual([
      { value: 'u1', display: 'Babs' },
      { value: 'u2' },
    ]);
  });

  it.each<Json | undefined>([undefined, null, 'u1', { value: 'u1' }, [], ['u1', null], [{ display: 'Babs' }, { value: 7 }]])(
    'are none in %j',
    (values) => {
      expect(memberValuesIn(values)).toEqual([]);
    },
  );

  it('lose a name that is no text', () => {
    expect(memberValuesIn([{ value: 'u1', display: 7 }])).toStrictEqual([{ value: 'u1' }]);
  });
});
