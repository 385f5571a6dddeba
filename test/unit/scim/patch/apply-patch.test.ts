import { describe, expect, it } from '@jest/globals';
import type { Json, JsonObject } from '../../../../src/scim/json.ts';
import { ALL_LENIENCIES, type Leniencies, NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { applyPatch } from '../../../../src/scim/patch/apply-patch.ts';
import { parsePatch } from '../../../../src/scim/patch/parse-patch.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import { MAX_VALUES } from '../../../../src/scim/schema/parse-value.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../../src/scim/schema/resource-types.ts';
import { URN } from '../../../../src/scim/urn.ts';
import { aUser, ENTERPRISE, refusal } from '../documents.ts';

type Setting = { readonly type?: ResourceType; readonly leniencies?: Leniencies };

/** Applies operations as RFC 7644 has them, with no leniency, unless told otherwise. */
const patched = (document: JsonObject, operations: readonly JsonObject[], { type = USER, leniencies = NO_LENIENCIES }: Setting = {}) =>
  applyPatch(type, document, parsePatch(type, { schemas: [URN.patchOp], Operations: operations }, leniencies));

const resultOf = (document: JsonObject, ...operations: readonly JsonObject[]) => patched(document, operations).document;
const emailsAfter = (...operations: readonly JsonObject[]) => resultOf(aUser(), ...operations)['emails'];

const [WORK, HOME] = [
  { type: 'work', value: 'bjensen@example.com', primary: true },
  { type: 'home', value: 'babs@jensen.example' },
];

describe('a value that says nothing this server knows', () => {
  it.each<[string, Json]>([
    ['name', { displayName: 'Barbara Jensen' }],
    ['name', [{ displayName: 'Barbara Jensen' }]],
    [`${ENTERPRISE}:manager`, { managerId: 'm2' }],
    [`${ENTERPRISE}:manager`, { displayName: 'Readonly' }],
    ['emails', [{ address: 'c@x' }, { verified: true }]],
    ['emails[type eq "work"]', { verified: true }],
  ])('leaves %s as it is: %j', (path, value) => {
    const document = aUser();

    for (const op of ['add', 'replace']) {
      const { document: after, changedPaths } = patched(document, [{ op, path, value }], { leniencies: ALL_LENIENCIES });
      expect({ after, changedPaths }).toEqual({ after: document, changedPaths: [] });
    }
  });

  it('leaves a complex value as it is when it adds nothing at all', () => {
    expect(resultOf(aUser(), { op: 'add', path: 'name', value: {} })).toEqual(aUser());
  });

  it.each<Json>([{ value: '' }, [{ value: null }], []])('clears an attribute without parts: %j', (value) => {
    const after = patched(aUser(), [{ op: 'replace', path: 'displayName', value }], { leniencies: ALL_LENIENCIES }).document;

    expect(after).not.toHaveProperty('displayName');
  });

  it.each<Json>([{ value: '' }, [{ value: null }], [], ''])('clears a complex attribute that has no value of its own: %j', (value) => {
    const after = patched(aUser(), [{ op: 'replace', path: 'name', value }], { leniencies: ALL_LENIENCIES }).document;

    expect(after).not.toHaveProperty('name');
  });

  it.each<Json>([{ value: null }, { value: '' }, { value: '', displayName: 'Nobody' }, {}])(
    'clears what it names as empty: %j',
    (value) => {
      const after = patched(aUser(), [{ op: 'replace', path: `${ENTERPRISE}:manager`, value }], { leniencies: ALL_LENIENCIES }).document;

      expect(after[ENTERPRISE]).toEqual({ department: 'Tours' });
    },
  );
});

describe('add', () => {
  it('sets a single value, there or not', () => {
    expect(resultOf(aUser(), { op: 'add', path: 'title', value: 'Guide' })).toEqual(aUser({ title: 'Guide' }));
    expect(resultOf(aUser(), { op: 'add', path: 'displayName', value: 'B' })).toEqual(aUser({ displayName: 'B' }));
  });

  it('appends to a list, and begins one', () => {
    expect(emailsAfter({ op: 'add', path: 'emails', value: [{ value: 'c@x' }] })).toEqual([WORK, HOME, { value: 'c@x' }]);
    expect(resultOf({ userName: 'a' }, { op: 'add', path: 'ims', value: [{ value: 'x' }] })).toEqual({
      userName: 'a',
      ims: [{ value: 'x' }],
    });
  });

  it('without a path adds each attribute of its value', () => {
    const value = { nickName: 'Babs', emails: [{ value: 'c@x' }], [ENTERPRISE]: { division: 'Parks' }, favouriteColour: 'red' };

    expect(resultOf(aUser(), { op: 'add', value })).toMatchObject({
      nickName: 'Babs',
      emails: [WORK, HOME, { value: 'c@x' }],
      [ENTERPRISE]: { department: 'Tours', division: 'Parks' },
    });
  });

  it('merges into a complex value', () => {
    expect(resultOf(aUser(), { op: 'add', path: 'name', value: { middleName: 'J' } })['name']).toEqual({
      givenName: 'Barbara',
      familyName: 'Jensen',
      middleName: 'J',
    });
  });

  it('changes nothing when the value is there already', () => {
    const document = aUser();

    expect(patched(document, [{ op: 'add', path: 'emails', value: [HOME] }])).toEqual({ document, changedPaths: [] });
    expect(patched(document, [{ op: 'add', path: 'emails', value: [{ value: 'BABS@jensen.example' }] }]).document['emails']).toHaveLength(
      2,
    );
    expect(resultOf(document, { op: 'add', path: 'emails', value: [HOME] })).toBe(document);
  });

  it('completes the value that has the same value and type', () => {
    expect(emailsAfter({ op: 'add', path: 'emails', value: [{ ...HOME, display: 'Home' }] })).toEqual([WORK, { ...HOME, display: 'Home' }]);
    expect(emailsAfter({ op: 'add', path: 'emails', value: [{ ...HOME, type: 'other' }] })).toEqual([
      WORK,
      HOME,
      { ...HOME, type: 'other' },
    ]);
  });

  it('compares values that have no "value" by all that is given', () => {
    const addresses = [{ type: 'work', locality: 'Ghent', country: 'BE' }];
    const document = aUser({ addresses });

    expect(resultOf(document, { op: 'add', path: 'addresses', value: [{ type: 'work', locality: 'Ghent' }] })).toBe(document);
    expect(resultOf(document, { op: 'add', path: 'addresses', value: [{ type: 'work', locality: 'Lier' }] })['addresses']).toHaveLength(2);
  });

  it('takes the new spelling of a plain value', () => {
    const type: ResourceType = { ...USER, schema: { ...USER.schema, attributes: [attribute('tags', { multiValued: true })] } };

    expect(patched({ tags: ['a'] }, [{ op: 'add', path: 'tags', value: ['A', 'b'] }], { type }).document).toEqual({ tags: ['A', 'b'] });
  });

  it('of ten thousand members to ten thousand others, and their removal, take no time', () => {
    const range = (from: number) => Array.from({ length: 10_000 }, (_, n) => ({ value: `u${from + n}` }));
    const before = performance.now();

    const group = patched({ displayName: 'G', members: range(0) }, [{ op: 'add', path: 'members', value: range(5_000) }], {
      type: GROUP,
    }).document;
    const { document } = patched(group, [{ op: 'remove', path: 'members', value: range(5_000) }], {
      type: GROUP,
      leniencies: ALL_LENIENCIES,
    });

    expect(group['members']).toHaveLength(15_000);
    expect(document['members']).toHaveLength(5_000);
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('reaches what a filter selects', () => {
    expect(emailsAfter({ op: 'add', path: 'emails[type eq "home"]', value: { display: 'H' } })).toEqual([WORK, { ...HOME, display: 'H' }]);
    expect(emailsAfter({ op: 'add', path: 'emails.display', value: 'D' })).toEqual([
      { ...WORK, display: 'D' },
      { ...HOME, display: 'D' },
    ]);
  });

  it.each<Json>([null, []])('of %p to a list adds nothing', (value) => {
    const document = aUser();

    expect(resultOf(document, { op: 'add', path: 'emails', value })).toBe(document);
  });

  it('of null to a single value clears it', () => {
    expect(resultOf(aUser(), { op: 'add', path: 'displayName', value: null })).not.toHaveProperty('displayName');
  });
});

describe('replace', () => {
  it('of a list leaves nothing of the former one', () => {
    expect(emailsAfter({ op: 'replace', path: 'emails', value: [{ value: 'c@x' }] })).toEqual([{ value: 'c@x' }]);
  });

  it('of a complex value leaves what is not named (RFC 7644 §3.5.2.3)', () => {
    expect(resultOf(aUser(), { op: 'replace', path: 'name', value: { givenName: 'B' } })['name']).toEqual({
      givenName: 'B',
      familyName: 'Jensen',
    });
  });

  it('of a sub-attribute leaves the others, and what the filter does not select', () => {
    expect(emailsAfter({ op: 'replace', path: 'emails[type eq "work"].value', value: 'n@x' })).toEqual([{ ...WORK, value: 'n@x' }, HOME]);
    expect(resultOf({ userName: 'a' }, { op: 'replace', path: 'name.familyName', value: 'J' })).toEqual({
      userName: 'a',
      name: { familyName: 'J' },
    });
  });

  it('of a whole selected value leaves nothing of it', () => {
    expect(emailsAfter({ op: 'replace', path: 'emails[type eq "work"]', value: { type: 'work', value: 'n@x' } })).toEqual([
      { type: 'work', value: 'n@x' },
      HOME,
    ]);
  });

  it('reaches every value the filter selects', () => {
    expect(emailsAfter({ op: 'replace', path: 'emails[value pr].display', value: 'D' })).toEqual([
      { ...WORK, display: 'D' },
      { ...HOME, display: 'D' },
    ]);
  });

  it('without a path replaces each attribute of its value, and leaves the rest', () => {
    expect(resultOf(aUser(), { op: 'replace', value: { emails: [], title: 'Guide', [ENTERPRISE]: { division: 'Parks' } } })).toEqual({
      ...aUser({
        title: 'Guide',
        emails: [],
        [ENTERPRISE]: { department: 'Tours', division: 'Parks', manager: { value: 'm1', $ref: 'https://host/Users/m1' } },
      }),
      emails: undefined,
    });
  });

  it.each<Json>([null, []])('by %p clears a list', (value) => {
    expect(resultOf(aUser(), { op: 'replace', path: 'emails', value })).not.toHaveProperty('emails');
  });

  it('of an extension replaces its attributes one by one, by null all of them', () => {
    expect(resultOf(aUser(), { op: 'replace', path: ENTERPRISE, value: { department: 'D' } })[ENTERPRISE]).toMatchObject({
      department: 'D',
      manager: {},
    });
    expect(resultOf(aUser(), { op: 'replace', path: ENTERPRISE, value: null })).not.toHaveProperty([ENTERPRISE]);
    expect(resultOf(aUser(), { op: 'replace', value: { [ENTERPRISE]: null } })).not.toHaveProperty([ENTERPRISE]);
  });

  it.each(['replace', 'add'])('by %s of a manager, by path or as part, keeps nothing of the former one', (op) => {
    const manager = `${ENTERPRISE}:manager`;

    expect(resultOf(aUser(), { op, path: manager, value: { value: 'm2' } })[ENTERPRISE]).toEqual({
      department: 'Tours',
      manager: { value: 'm2' },
    });
    expect(resultOf(aUser(), { op, path: `${manager}.value`, value: 'm2' })[ENTERPRISE]).toMatchObject({ manager: { value: 'm2' } });
    expect(resultOf(aUser(), { op, path: `${manager}.value`, value: 'm1' })[ENTERPRISE]).toEqual(aUser()[ENTERPRISE]);
  });

  it('that matches nothing is noTarget', () => {
    for (const path of ['emails[type eq "other"].value', 'emails[type eq "other"]', 'addresses.locality']) {
      const value = path.endsWith(']') ? { value: 'x' } : 'x';

      expect(() => resultOf(aUser(), { op: 'replace', path, value })).toThrow(refusal('noTarget', 'Operations[0]', 'matches no value'));
      expect(() => resultOf(aUser(), { op: 'add', path, value })).toThrow(refusal('noTarget'));
    }
  });
});

describe('remove', () => {
  it('of an attribute, a sub-attribute, a selected value or part of it leaves the rest', () => {
    expect(resultOf(aUser(), { op: 'remove', path: 'emails' })).not.toHaveProperty('emails');
    expect(resultOf(aUser(), { op: 'remove', path: 'name.givenName' })['name']).toEqual({ familyName: 'Jensen' });
    expect(emailsAfter({ op: 'remove', path: 'emails[type eq "work"]' })).toEqual([HOME]);
    expect(emailsAfter({ op: 'remove', path: 'emails[type eq "work"].primary' })).toEqual([{ type: 'work', value: WORK.value }, HOME]);
    expect(resultOf(aUser(), { op: 'remove', path: `${ENTERPRISE}:manager` })[ENTERPRISE]).toEqual({ department: 'Tours' });
  });

  it('of the last value removes the attribute, and the extension', () => {
    expect(resultOf(aUser(), { op: 'remove', path: 'emails[value pr]' })).not.toHaveProperty('emails');
    expect(resultOf(aUser(), { op: 'remove', path: 'name.givenName' }, { op: 'remove', path: 'name.familyName' })).not.toHaveProperty(
      'name',
    );
    expect(resultOf(aUser(), { op: 'remove', path: ENTERPRISE })).not.toHaveProperty([ENTERPRISE]);
  });

  it('of what a value is worth removes the value', () => {
    expect(emailsAfter({ op: 'remove', path: 'emails[type eq "work"].value' })).toEqual([HOME]);
    expect(emailsAfter({ op: 'replace', path: 'emails[type eq "work"].value', value: null })).toEqual([HOME]);
  });

  it.each([
    'title',
    'addresses',
    'addresses[type eq "work"]',
    'emails[type eq "other"].value',
    'name.middleName',
    `${ENTERPRISE}:division`,
    'password',
  ])('of %s, which is not there, changes nothing', (path) => {
    const document = aUser();

    expect(patched(document, [{ op: 'remove', path }])).toEqual({ document, changedPaths: [] });
    expect(resultOf(document, { op: 'remove', path })).toBe(document);
  });

  it('needs a path', () => {
    expect(() => resultOf(aUser(), { op: 'remove' })).toThrow(refusal('noTarget', 'needs a path'));
    expect(() => resultOf(aUser(), { op: 'remove', path: null })).toThrow(refusal('noTarget', 'needs a path'));
  });
});

describe('primary', () => {
  it('is taken from the other values by the one it is given to', () => {
    const demoted = { ...WORK, primary: false };

    expect(emailsAfter({ op: 'add', path: 'emails', value: [{ value: 'c@x', primary: true }] })).toEqual([
      demoted,
      HOME,
      { value: 'c@x', primary: true },
    ]);
    expect(emailsAfter({ op: 'replace', path: 'emails[type eq "home"].primary', value: true })).toEqual([
      demoted,
      { ...HOME, primary: true },
    ]);
    expect(emailsAfter({ op: 'add', path: 'emails', value: [{ ...HOME, primary: true }] })).toEqual([demoted, { ...HOME, primary: true }]);
  });

  it('stays when other parts change', () => {
    expect(emailsAfter({ op: 'replace', path: 'emails[primary eq true].value', value: 'n@x' })).toEqual([{ ...WORK, value: 'n@x' }, HOME]);
    expect(emailsAfter({ op: 'add', path: 'emails', value: [{ ...WORK, display: 'W' }, { value: 'c@x' }] })).toEqual([
      { ...WORK, display: 'W' },
      HOME,
      { value: 'c@x' },
    ]);
  });

  it('passes on when the former one is completed in the same operation', () => {
    const value = [
      { value: WORK.value, display: 'W' },
      { value: 'c@x', primary: true },
    ];

    expect(emailsAfter({ op: 'add', path: 'emails', value })).toEqual([
      { ...WORK, display: 'W', primary: false },
      HOME,
      { value: 'c@x', primary: true },
    ]);
  });

  it.each<JsonObject>([
    { op: 'replace', path: 'emails.primary', value: true },
    { op: 'replace', path: 'emails[value pr].primary', value: true },
    {
      op: 'replace',
      path: 'emails',
      value: [
        { value: 'a', primary: true },
        { value: 'b', primary: true },
      ],
    },
  ])('cannot be given to two at once: %p', (operation) => {
    expect(() => resultOf(aUser(), operation)).toThrow(refusal('invalidValue', 'primary'));
  });
});

describe('a patch', () => {
  it('applies its operations in their order', () => {
    const operations = [
      { op: 'remove', path: 'displayName' },
      { op: 'add', path: 'displayName', value: 'Third' },
      { op: 'replace', path: 'displayName', value: 'Fourth' },
    ];

    expect(resultOf(aUser(), ...operations)['displayName']).toBe('Fourth');
  });

  it('names the paths of what changed', () => {
    const operations = [
      { op: 'replace', path: 'name.givenName', value: 'B' },
      { op: 'remove', path: 'emails' },
      { op: 'add', path: 'externalId', value: 'e' },
      { op: 'replace', path: 'displayName', value: 'Babs' },
      { op: 'replace', path: `${ENTERPRISE}:department`, value: 'D' },
      { op: 'remove', path: `${ENTERPRISE}:manager` },
    ];

    expect([...patched(aUser(), operations).changedPaths].sort()).toEqual(
      [
        'name.givenName',
        'emails',
        'externalId',
        `${ENTERPRISE}:department`,
        `${ENTERPRISE}:manager.value`,
        `${ENTERPRISE}:manager.$ref`,
      ].sort(),
    );
  });

  it('that ends where it began changes nothing', () => {
    const document = aUser();
    const operations = [
      { op: 'replace', path: 'displayName', value: 'X' },
      { op: 'replace', path: 'displayName', value: 'Babs' },
    ];

    expect(patched(document, operations).document).toBe(document);
  });

  it('may take a required attribute away for a moment only', () => {
    expect(resultOf(aUser(), { op: 'remove', path: 'userName' }, { op: 'add', path: 'userName', value: 'b' })['userName']).toBe('b');
    for (const operation of [
      { op: 'remove', path: 'userName' },
      { op: 'replace', path: 'userName', value: null },
      { op: 'replace', value: { userName: ' ' } },
    ]) {
      expect(() => resultOf(aUser(), operation)).toThrow(refusal('mutability', 'userName is required'));
    }
  });

  it('cannot fill a list beyond its limit', () => {
    const value = Array.from({ length: MAX_VALUES - 1 }, (_, n) => ({ value: `${n}` }));

    expect(() => resultOf(aUser(), { op: 'add', path: 'emails', value })).toThrow(refusal('invalidValue', 'at most'));
  });

  it('of nothing but a password checks it and changes nothing', () => {
    const document = aUser();

    expect(resultOf(document, { op: 'replace', path: 'password', value: 'secret' })).toBe(document);
    expect(() => resultOf(document, { op: 'replace', path: 'password', value: 7 })).toThrow(refusal('invalidValue', 'password'));
  });
});

describe('what is immutable', () => {
  const group = { displayName: 'G', members: [{ value: 'u1', type: 'User' }] };
  const badge: ResourceType = {
    ...USER,
    schema: { ...USER.schema, attributes: [attribute('badge', { mutability: 'immutable' })] },
  };

  it.each<JsonObject>([
    { op: 'replace', path: 'members[value eq "u1"].value', value: 'u2' },
    { op: 'remove', path: 'members[value eq "u1"].type' },
    { op: 'add', path: 'members[value eq "u1"]', value: { type: 'Group' } },
  ])('in a value stays: %p', (operation) => {
    expect(() => patched(group, [operation], { type: GROUP })).toThrow(refusal('mutability', 'immutable'));
  });

  it('may be set once', () => {
    expect(patched({}, [{ op: 'add', path: 'badge', value: '7' }], { type: badge }).document).toEqual({ badge: '7' });
    expect(patched({ badge: '7' }, [{ op: 'replace', path: 'badge', value: '7' }], { type: badge }).changedPaths).toEqual([]);
    expect(() => patched({ badge: '7' }, [{ op: 'replace', path: 'badge', value: '8' }], { type: badge })).toThrow(
      refusal('mutability', 'badge'),
    );
    expect(() => patched({ badge: '7' }, [{ op: 'remove', path: 'badge' }], { type: badge })).toThrow(refusal('mutability', 'badge'));
  });

  it('does not keep members from being added and removed', () => {
    const operations = [
      { op: 'add', path: 'members', value: [{ value: 'u1', type: 'User', display: 'One' }, { value: 'u2' }] },
      { op: 'remove', path: 'members[value eq "u2"]' },
    ];

    expect(patched(group, operations, { type: GROUP }).document['members']).toEqual([{ value: 'u1', type: 'User', display: 'One' }]);
  });

  it('keeps what a member is called', () => {
    const operation = { op: 'replace', path: 'members[value eq "u1"].display', value: 'another' };

    expect(() => patched({ ...group, members: [{ value: 'u1', display: 'One' }] }, [operation], { type: GROUP })).toThrow(
      refusal('mutability', 'display, which is immutable'),
    );
  });

  it('is passed over in a member that is added again', () => {
    const value = [{ value: 'U1', type: 'user', display: 'One' }];

    expect(patched(group, [{ op: 'add', path: 'members', value }], { type: GROUP }).document['members']).toEqual([
      { value: 'u1', type: 'User', display: 'One' },
    ]);
  });

  it('leaves a member its id', () => {
    expect(() => patched(group, [{ op: 'replace', path: 'members[value eq "u1"]', value: { display: 'x' } }], { type: GROUP })).toThrow(
      refusal('invalidValue', 'must have a "value"'),
    );
  });
});
