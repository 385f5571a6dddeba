import { describe, expect, it } from '@jest/globals';
import { parseMapping, readMapping } from '../../../../src/scim/mapping/parse.ts';
import { REGISTRY } from '../../../../src/scim/schema/resource-types.ts';
import { outcomeOf } from '../../../support/outcome-of.ts';

const refusalOf = (file: unknown): string => {
  const outcome = outcomeOf(() => parseMapping(REGISTRY, file));
  return outcome instanceof Error ? outcome.message : 'accepted';
};

const one = (entry: object): object => ({ User: [{ target: 'login', ...entry }] });

describe('a mapping', () => {
  it('is taken as it is written, without what only editors read', () => {
    const mapping = {
      User: [
        { target: 'login', path: 'userName', transforms: ['lowerCase'] },
        { target: 'mail', firstOf: ['emails[type eq "work"].value', 'userName'] },
        { target: 'name', join: ['name.givenName', 'name.familyName'], separator: ', ' },
        { target: 'cost-center', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter', default: 'none' },
        { target: 'isActive', path: 'active', default: true },
        { target: 'phones', path: 'phoneNumbers.value', all: true },
        { target: 'source', constant: 'directory' },
      ],
      Group: [{ target: 'title', path: 'displayName' }],
    };

    expect(parseMapping(REGISTRY, { $schema: 'mapping.schema.json', ...mapping })).toEqual(mapping);
    expect(readMapping(JSON.parse(JSON.stringify(mapping)))).toEqual(mapping);
  });

  it.each([
    ['no object', [], 'The file must be an object with a list of attributes for each resource type'],
    ['nothing', {}, 'The file maps nothing: it needs a list for one of User, Group.'],
    ['an unknown resource type', { Usr: [{ target: 'a', constant: 1 }] }, 'There is no resource type "Usr"; did you mean "User"?'],
    ['a resource type in other case', { user: [{ target: 'a', constant: 1 }] }, 'did you mean "User"?'],
    ['an empty list', { User: [] }, 'User must be a list of 1 to 100 attributes.'],
    [
      'too many',
      { User: Array.from({ length: 101 }, (_, at) => ({ target: `a${at}`, constant: 1 })) },
      'User must be a list of 1 to 100 attributes.',
    ],
    [
      'no object in the list',
      { User: ['userName'] },
      'User[0] must be an object with a target and one of path, firstOf, join and constant.',
    ],
    ['an unknown key', one({ pth: 'userName' }), 'User[0] knows no key "pth"; did you mean "path"?'],
    ['no target', { User: [{ path: 'userName' }] }, 'User[0].target must be a name: a letter, then'],
    ['a target with a blank', { User: [{ target: 'log in', path: 'userName' }] }, 'User[0].target must be a name'],
    [
      'a reserved target',
      { User: [{ target: 'constructor', path: 'userName' }] },
      'User[0].target is a name that programs keep for themselves',
    ],
    ['__proto__', { User: [{ target: '__proto__', path: 'userName' }] }, 'User[0].target must be a name'],
    [
      'a target twice',
      {
        User: [
          { target: 'login', path: 'userName' },
          { target: 'Login', path: 'displayName' },
        ],
      },
      'User[1] "Login": User[0] has this target already; give each its own.',
    ],
    ['no source', one({}), 'User[0] "login": needs one of path, firstOf, join, constant.'],
    [
      'a constant with a path',
      one({ constant: 'a', path: 'userName' }),
      'User[0] "login": has path and constant; it takes one of them: leave out the others.',
    ],
    [
      'a constant with a default',
      one({ constant: 'a', default: 'b' }),
      'User[0] "login": default has no meaning beside constant; leave it out.',
    ],
    ['a separator without a join', one({ path: 'userName', separator: '-' }), 'separator has no meaning beside path; leave it out.'],
    ['a join of one', one({ join: ['userName'] }), 'User[0].join must be a list of 2 to 10 paths.'],
    [
      'a long separator',
      one({ join: ['userName', 'displayName'], separator: '-'.repeat(17) }),
      'User[0].separator must be text of at most 16 characters.',
    ],
    [
      'an unknown path',
      one({ path: 'usrName' }),
      'User[0] "login": the path "usrName" names no attribute of User; did you mean "userName"?',
    ],
    ['an unknown path of several', one({ firstOf: ['userName', 'mail.value'] }), 'the path "mail.value" names no attribute of User'],
    [
      'an unknown sub-attribute',
      one({ path: 'emails[type eq "work"].valu' }),
      'what follows the bracket names no sub-attribute of emails; did you mean "value"?',
    ],
    ['a filter that breaks off', one({ path: 'emails[type eq].value' }), 'User[0] "login": the filter'],
    ['an open bracket', one({ path: 'emails[type eq "work"' }), 'the path opens a bracket and does not close it.'],
    ['an empty path', one({ path: '' }), 'User[0].path must be a SCIM path of 1 to 500 characters, such as "userName".'],
    [
      'a whole extension',
      one({ path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User' }),
      'is an extension; name one of its attributes, with a colon before it.',
    ],
    [
      'a complex attribute',
      one({ path: 'name' }),
      'User[0] "login": name is complex; name one of its sub-attributes: formatted, familyName',
    ],
    ['an element of a list', one({ path: 'emails[type eq "work"]' }), 'emails is complex; name one of its sub-attributes: value, '],
    ['the groups of a user', one({ path: 'groups.value' }), 'groups has no place in a profile: memberships change without the resource'],
    ['the password', one({ path: 'password' }), 'password is never returned, so it has no place in a profile.'],
    [
      'the version',
      one({ path: 'meta.version' }),
      'meta has no place in a profile; of meta, there are meta.created and meta.resourceType.',
    ],
    [
      'an unknown transform',
      one({ path: 'userName', transforms: ['lowercase'] }),
      'User[0].transforms[0] knows no "lowercase"; did you mean "lowerCase"?',
    ],
    [
      'a transform that is no word',
      one({ path: 'userName', transforms: [1] }),
      'User[0].transforms[0] must be one of lowerCase, upperCase, trim.',
    ],
    [
      'transforms that are no list',
      one({ path: 'userName', transforms: 'trim' }),
      'User[0].transforms must be a list of lowerCase, upperCase, trim.',
    ],
    [
      'too many transforms',
      one({ path: 'userName', transforms: ['trim', 'trim', 'trim', 'trim'] }),
      'User[0].transforms must name each once at most.',
    ],
    [
      'a transform of a boolean',
      one({ path: 'active', transforms: ['lowerCase'] }),
      'transforms apply to text, and this is boolean; leave them out.',
    ],
    ['a default of another type', one({ path: 'active', default: 'yes' }), 'default must be true or false, as the attribute is.'],
    [
      'a default that is a list',
      one({ path: 'userName', default: ['a'] }),
      'User[0].default must be a text of 1 to 1000 characters, a number, true or false.',
    ],
    ['all of one', one({ path: 'userName', all: true }), 'the path has one value at most; leave out all.'],
    ['all that is no', one({ path: 'emails.value', all: false }), 'User[0].all must be true, or left out.'],
    ['a member of a group', { Group: [{ target: 'a', path: 'members.value' }] }, 'members has no place in a profile'],
    [
      'too much',
      { User: Array.from({ length: 100 }, (_, at) => ({ target: `a${at}`, constant: 'x'.repeat(400) })) },
      'The mapping is larger than the 32 KB one may have.',
    ],
  ])('is refused for %s', (_what, file, words) => {
    expect(refusalOf(file)).toContain(words);
  });

  it('names every mistake at once', () => {
    const file = {
      User: [
        { target: 'a', path: 'nmae.givenName' },
        { target: 'b', path: 'emails' },
      ],
    };

    expect(refusalOf(file).split('\n')).toHaveLength(2);
  });
});
