import { describe, expect, it } from '@jest/globals';
import { memberIdsIn } from '../../../src/directory/member-terms.ts';
import { parseFilter } from '../../../src/scim/filter/parse.ts';
import { GROUP } from '../../../src/scim/schema/resource-types.ts';

const idsIn = (filter: string) => memberIdsIn(parseFilter(filter, GROUP), 'members');

describe('memberIdsIn', () => {
  it.each([
    ['id eq "g" and members eq "u"', ['u']],
    ['members.value eq "u" or not (members eq "v")', ['u', 'v']],
    ['members.value eq "0197F000-ABCD"', ['0197f000-abcd']],
    ['displayName sw "a"', []],
  ])('finds all that %s asks for', (filter, ids) => {
    expect(idsIn(filter)).toEqual(ids);
  });

  it.each(['members pr', 'members.display eq "Ada"', 'members ne "u"', 'members[type eq "User"]', 'members eq "u" and members pr'])(
    'says that %s needs every member',
    (filter) => {
      expect(idsIn(filter)).toBeUndefined();
    },
  );
});
