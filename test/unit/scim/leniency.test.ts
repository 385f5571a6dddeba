import { describe, expect, it } from '@jest/globals';
import { ScimError } from '../../../src/scim/errors.ts';
import type { Json, JsonObject } from '../../../src/scim/json.ts';
import { ALL_LENIENCIES, LENIENCIES, type Leniencies, type LeniencyName } from '../../../src/scim/leniency.ts';
import { applyPatch } from '../../../src/scim/patch/apply-patch.ts';
import { parsePatch } from '../../../src/scim/patch/parse-patch.ts';
import { parseResource } from '../../../src/scim/schema/parse-resource.ts';
import type { ResourceType } from '../../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { URN } from '../../../src/scim/urn.ts';
import { aUser, ENTERPRISE } from './documents.ts';

/** What a client sends, what it must come to, and what the RFCs make of it: another document, or a kind of refusal. */
type Case = {
  readonly leniency: LeniencyName;
  readonly sent: string;
  readonly run: (leniencies: Leniencies) => JsonObject;
  readonly lenient: JsonObject;
  readonly strict: JsonObject | string;
};

const posts =
  (body: JsonObject, type: ResourceType = USER): Case['run'] =>
  (leniencies) =>
    parseResource(type, { schemas: [type.schema.id], ...body }, leniencies).document;

const patches =
  (...operations: readonly JsonObject[]): Case['run'] =>
  (leniencies) =>
    applyPatch(USER, aUser(), parsePatch(USER, { schemas: [URN.patchOp], Operations: operations }, leniencies)).document;

const GROUP_DOCUMENT = { displayName: 'G', members: [{ value: 'a' }, { value: 'b' }] };

const patchesGroup =
  (...operations: readonly JsonObject[]): Case['run'] =>
  (leniencies) =>
    applyPatch(GROUP, GROUP_DOCUMENT, parsePatch(GROUP, { schemas: [URN.patchOp], Operations: operations }, leniencies)).document;

const enterprise = (values: JsonObject): JsonObject => ({ [ENTERPRISE]: values });
const [work, home] = aUser()['emails'] as readonly [JsonObject, JsonObject];
const without = (name: string): JsonObject => Object.fromEntries(Object.entries(aUser()).filter(([key]) => key !== name));
const managerPath = `${ENTERPRISE}:manager`;

const CASES: readonly Case[] = [
  {
    leniency: 'missingSchemas',
    sent: 'a user without schemas',
    run: posts({ schemas: null, userName: 'a' }),
    lenient: { userName: 'a' },
    strict: 'invalidValue',
  },
  {
    leniency: 'missingSchemas',
    sent: 'a PatchOp without schemas',
    run: (leniencies) =>
      applyPatch(USER, aUser(), parsePatch(USER, { Operations: [{ op: 'remove', path: 'active' }] }, leniencies)).document,
    lenient: without('active'),
    strict: 'invalidSyntax',
  },
  {
    leniency: 'foreignSchemas',
    sent: "OneLogin's schemas",
    run: posts({ schemas: ['urn:scim:schemas:core:2.0', 'urn:scim:schemas:extension:enterprise:2.0'], userName: 'a' }),
    lenient: { userName: 'a' },
    strict: 'invalidValue',
  },
  {
    leniency: 'foreignSchemas',
    sent: "Active Directory's schema beside the group's",
    run: posts(
      { schemas: [GROUP.schema.id, 'http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group'], displayName: 'G' },
      GROUP,
    ),
    lenient: { displayName: 'G' },
    strict: 'invalidValue',
  },
  {
    leniency: 'foreignSchemas',
    sent: "attributes under OneLogin's URN",
    run: posts({ userName: 'a', 'urn:scim:schemas:extension:enterprise:2.0': { department: 'd' } }),
    lenient: { userName: 'a', ...enterprise({ department: 'd' }) },
    strict: { userName: 'a' },
  },
  {
    leniency: 'foreignSchemas',
    sent: "the URNs of the standard's drafts",
    run: posts({
      schemas: ['urn:scim:schemas:core:2.0:User', 'urn:scim:schemas:extension:enterprise:2.0:User'],
      userName: 'a',
      'urn:scim:schemas:extension:enterprise:2.0:User': { department: 'd' },
    }),
    lenient: { userName: 'a', ...enterprise({ department: 'd' }) },
    strict: 'invalidValue',
  },
  {
    leniency: 'foreignSchemas',
    sent: 'a path under the misspelt enterprise URN',
    run: patches({ op: 'Replace', path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0User:department', value: 'd' }),
    lenient: aUser(enterprise({ department: 'd', manager: { value: 'm1', $ref: 'https://host/Users/m1' } })),
    strict: 'invalidPath',
  },
  {
    leniency: 'foreignSchemas',
    sent: "a path-less value with OneLogin's URN as its key",
    run: patches({ op: 'replace', value: { 'urn:scim:schemas:extension:enterprise:2.0': { department: 'd' } } }),
    lenient: aUser(enterprise({ department: 'd', manager: { value: 'm1', $ref: 'https://host/Users/m1' } })),
    strict: aUser(),
  },
  {
    leniency: 'emptyStrings',
    sent: 'an extension that is an empty string',
    run: patches({ op: 'replace', path: ENTERPRISE, value: '' }),
    lenient: without(ENTERPRISE),
    strict: 'invalidValue',
  },
  {
    leniency: 'emptyStrings',
    sent: 'a user whose extension is an empty string',
    run: posts({ userName: 'a', [ENTERPRISE]: '' }),
    lenient: { userName: 'a' },
    strict: 'invalidValue',
  },
  {
    leniency: 'emptyStrings',
    sent: 'a path that is an empty string',
    run: patches({ op: 'replace', path: '', value: { displayName: 'B' } }),
    lenient: aUser({ displayName: 'B' }),
    strict: 'invalidPath',
  },
  {
    leniency: 'booleanStrings',
    sent: 'Replace active "False"',
    run: patches({ op: 'replace', path: 'active', value: 'False' }),
    lenient: aUser({ active: false }),
    strict: 'invalidValue',
  },
  {
    leniency: 'booleanStrings',
    sent: 'roles whose primary is "True"',
    run: posts({ userName: 'a', roles: [{ primary: 'True', value: '{"id":"1"}' }] }),
    lenient: { userName: 'a', roles: [{ primary: true, value: '{"id":"1"}' }] },
    strict: 'invalidValue',
  },
  {
    leniency: 'emptyStrings',
    sent: 'replace displayName ""',
    run: patches({ op: 'replace', path: 'displayName', value: '' }),
    lenient: without('displayName'),
    strict: aUser({ displayName: '' }),
  },
  {
    leniency: 'emptyStrings',
    sent: 'replace emails[type eq "home"].value ""',
    run: patches({ op: 'replace', path: 'emails[type eq "home"].value', value: '' }),
    lenient: aUser({ emails: [work] }),
    strict: aUser({ emails: [work, { ...home, value: '' }] }),
  },
  {
    leniency: 'emptyStrings',
    sent: 'replace manager ""',
    run: patches({ op: 'replace', path: managerPath, value: '' }),
    lenient: aUser(enterprise({ department: 'Tours' })),
    strict: aUser(enterprise({ department: 'Tours', manager: { value: '' } })),
  },
  {
    leniency: 'emptyStrings',
    sent: 'replace manager { "value": "" }',
    run: patches({ op: 'replace', path: managerPath, value: { value: '' } }),
    lenient: aUser(enterprise({ department: 'Tours' })),
    strict: aUser(enterprise({ department: 'Tours', manager: { value: '' } })),
  },
  {
    leniency: 'bareValues',
    sent: 'add manager "m2"',
    run: patches({ op: 'add', path: managerPath, value: 'm2' }),
    lenient: aUser(enterprise({ department: 'Tours', manager: { value: 'm2' } })),
    strict: 'invalidValue',
  },
  {
    leniency: 'bareValues',
    sent: 'members as strings',
    run: patchesGroup({ op: 'add', path: 'members', value: ['c'] }),
    lenient: { displayName: 'G', members: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
    strict: 'invalidValue',
  },
  {
    leniency: 'soleValues',
    sent: 'one member, not in a list',
    run: patchesGroup({ op: 'add', path: 'members', value: { value: 'c' } }),
    lenient: { displayName: 'G', members: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
    strict: 'invalidValue',
  },
  {
    leniency: 'wrappedValues',
    sent: 'Add manager [{ "value": "m2" }]',
    run: patches({ op: 'add', path: managerPath, value: [{ $ref: null, value: 'm2' }] }),
    lenient: aUser(enterprise({ department: 'Tours', manager: { value: 'm2' } })),
    strict: 'invalidValue',
  },
  {
    leniency: 'wrappedValues',
    sent: 'Add emails[type eq "home"].value [{ "value": "x" }]',
    run: patches({ op: 'add', path: 'emails[type eq "home"].value', value: [{ value: 'x' }] }),
    lenient: aUser({ emails: [work, { ...home, value: 'x' }] }),
    strict: 'invalidValue',
  },
  {
    leniency: 'wrappedValues',
    sent: 'Replace emails[type eq "home"] [{ "value": "x" }]',
    run: patches({ op: 'add', path: 'emails[type eq "home"]', value: [{ value: 'x' }] }),
    lenient: aUser({ emails: [work, { ...home, value: 'x' }] }),
    strict: 'invalidValue',
  },
  {
    leniency: 'verbCase',
    sent: 'Replace displayName',
    run: patches({ op: 'Replace', path: 'displayName', value: 'B' }),
    lenient: aUser({ displayName: 'B' }),
    strict: 'invalidSyntax',
  },
  {
    leniency: 'pathsAsKeys',
    sent: 'a path-less replace with dotted and URN keys',
    run: patches({ op: 'replace', value: { displayName: 'B', 'name.givenName': 'P', [`${ENTERPRISE}:department`]: 'D' } }),
    lenient: aUser({
      displayName: 'B',
      name: { givenName: 'P', familyName: 'Jensen' },
      ...enterprise({ department: 'D', manager: { value: 'm1', $ref: 'https://host/Users/m1' } }),
    }),
    strict: aUser({ displayName: 'B' }),
  },
  {
    leniency: 'pathsAsKeys',
    sent: 'a value path as a key',
    run: patches({ op: 'replace', value: { 'emails[type eq "home"].value': 'x' } }),
    lenient: aUser({ emails: [work, { ...home, value: 'x' }] }),
    strict: aUser(),
  },
  {
    leniency: 'echoedReadOnly',
    sent: 'a path-less replace that repeats id, schemas, meta and groups',
    run: patches({ op: 'replace', value: { id: '1', schemas: [], meta: { created: 'x' }, groups: [], displayName: 'B' } }),
    lenient: aUser({ displayName: 'B' }),
    strict: 'mutability',
  },
  {
    leniency: 'bareExtensionPaths',
    sent: 'replace department',
    run: patches({ op: 'replace', path: 'department', value: 'D' }),
    lenient: aUser(enterprise({ department: 'D', manager: { value: 'm1', $ref: 'https://host/Users/m1' } })),
    strict: 'invalidPath',
  },
  {
    leniency: 'bareExtensionPaths',
    sent: 'a path-less replace of a department',
    run: patches({ op: 'replace', value: { department: 'D' } }),
    lenient: aUser(enterprise({ department: 'D', manager: { value: 'm1', $ref: 'https://host/Users/m1' } })),
    strict: aUser(),
  },
  {
    leniency: 'missingElements',
    sent: 'Add phoneNumbers[type eq "mobile"].value',
    run: patches({ op: 'add', path: 'phoneNumbers[type eq "mobile"].value', value: '1' }),
    lenient: aUser({ phoneNumbers: [{ type: 'mobile', value: '1' }] }),
    strict: 'noTarget',
  },
  {
    leniency: 'missingElements',
    sent: 'replace addresses[type eq "work" and primary eq "True"].locality, then its country',
    run: patches(
      { op: 'replace', path: 'addresses[type eq "work" and primary eq "True"].locality', value: 'Ghent' },
      { op: 'replace', path: 'addresses[type eq "work" and primary eq "True"].country', value: 'BE' },
    ),
    lenient: aUser({ addresses: [{ type: 'work', primary: true, locality: 'Ghent', country: 'BE' }] }),
    strict: 'noTarget',
  },
  {
    leniency: 'missingElements',
    sent: 'replace emails[type eq "other"] with a whole value, and emails.value where there is none',
    run: patches({ op: 'replace', path: 'emails[type eq "other"]', value: { value: 'x' } }, { op: 'add', path: 'ims.value', value: 'y' }),
    lenient: aUser({ emails: [work, home, { type: 'other', value: 'x' }], ims: [{ value: 'y' }] }),
    strict: 'noTarget',
  },
  {
    leniency: 'removeByValue',
    sent: 'Remove members [{ "value": "a" }]',
    run: patchesGroup({ op: 'remove', path: 'members', value: [{ $ref: null, value: 'a' }] }),
    lenient: { displayName: 'G', members: [{ value: 'b' }] },
    strict: { displayName: 'G' },
  },
  {
    leniency: 'removeByValue',
    sent: 'Remove emails [{ "value": … }]',
    run: patches({ op: 'remove', path: 'emails', value: [{ value: 'BABS@jensen.example' }] }),
    lenient: aUser({ emails: [work] }),
    strict: without('emails'),
  },
  {
    leniency: 'singleValuePaths',
    sent: 'remove manager[value eq "m1"]',
    run: patches({ op: 'remove', path: `${managerPath}[value eq "m1"]` }),
    lenient: aUser(enterprise({ department: 'Tours' })),
    strict: 'invalidPath',
  },
  {
    leniency: 'singleValuePaths',
    sent: 'remove manager[value eq "another"]',
    run: patches({ op: 'remove', path: `${managerPath}[value eq "another"]` }),
    lenient: aUser(),
    strict: 'invalidPath',
  },
];

const outcome = (run: Case['run'], leniencies: Leniencies): Json => {
  try {
    return run(leniencies);
  } catch (error) {
    if (error instanceof ScimError) return error.kind;
    throw error;
  }
};

describe.each(CASES)('$leniency: $sent', ({ leniency, run, lenient, strict }) => {
  it('is understood', () => {
    expect(outcome(run, ALL_LENIENCIES)).toEqual(lenient);
  });

  it('is judged by the RFCs without it', () => {
    expect(outcome(run, new Set([...ALL_LENIENCIES].filter((name) => name !== leniency)))).toEqual(strict);
  });
});

describe('the list of leniencies', () => {
  it('has a case for each', () => {
    expect([...new Set(CASES.map(({ leniency }) => leniency))].sort()).toEqual(Object.keys(LENIENCIES).sort());
    expect([...ALL_LENIENCIES].sort()).toEqual(Object.keys(LENIENCIES).sort());
  });
});

describe('a leniency by itself', () => {
  it.each<[LeniencyName, JsonObject, JsonObject]>([
    ['emptyStrings', { emails: '' }, {}],
    ['soleValues', { title: 'Guide', emails: { value: 'x' } }, { title: 'Guide', emails: [{ value: 'x' }] }],
    ['booleanStrings', { title: 'True', active: 'True' }, { title: 'True', active: true }],
  ])('%s needs no other, and touches nothing else: %j', (leniency, sent, understood) => {
    expect(outcome(posts({ userName: 'a', ...sent }), new Set([leniency]))).toEqual({ userName: 'a', ...understood });
  });
});

describe('a value path that names a value', () => {
  it.each(['emails[value eq "nobody@x"].display', 'emails[value eq "nobody@x" and type eq "work"].display'])('makes none: %s', (path) => {
    expect(outcome(patches({ op: 'replace', path, value: 'x' }), ALL_LENIENCIES)).toBe('noTarget');
  });

  it('never makes a member', () => {
    expect(outcome(patchesGroup({ op: 'add', path: 'members[type eq "User"].display', value: 'x' }), ALL_LENIENCIES)).toBe('noTarget');
  });

  it.each([
    'emails[type eq null].value',
    'emails[type sw "o"].value',
    'emails[type eq "x" or type eq "y"].value',
    'emails[not (value pr)].value',
  ])('or that describes no single one makes none: %s', (path) => {
    expect(outcome(patches({ op: 'add', path, value: 'x' }), ALL_LENIENCIES)).toBe('noTarget');
  });
});

describe('an element that a value path makes', () => {
  it('is kept though its parts come one by one, the value last', () => {
    const role = (part: string, value: string) => ({ op: 'add', path: `roles[primary eq "True"].${part}`, value });

    expect(outcome(patches(role('type', 'Unit'), role('value', 'admin')), ALL_LENIENCIES)).toEqual(
      aUser({ roles: [{ primary: true, type: 'Unit', value: 'admin' }] }),
    );
  });

  it('takes primary from the others', () => {
    const operation = { op: 'add', path: 'emails[type eq "other" and primary eq true].value', value: 'x' };

    expect(outcome(patches(operation), ALL_LENIENCIES)).toEqual(
      aUser({ emails: [{ ...work, primary: false }, home, { type: 'other', primary: true, value: 'x' }] }),
    );
  });

  it('is dropped if it says nothing in the end', () => {
    expect(outcome(patches({ op: 'add', path: 'roles[primary eq "True"].type', value: 'Unit' }), ALL_LENIENCIES)).toEqual(aUser());
  });
});
