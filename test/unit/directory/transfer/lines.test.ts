import { describe, expect, it } from '@jest/globals';
import { printEnd, printHeader, printMembers, printResource, readHeader, readLine } from '../../../../src/directory/transfer/lines.ts';
import { placeOf } from '../../../../src/directory/transfer/place.ts';

const ID = '01a1ff69-206c-7345-96b0-9d5fd54ac711';
const AT = '2026-01-31T12:00:00.000Z';

const GROUP = {
  type: 'Group',
  id: ID,
  version: 3,
  nameVersion: 2,
  created: AT,
  lastModified: AT,
  createdBy: 'default',
  createdAs: 'digest',
  externalIds: { default: 'x' },
  attributes: { displayName: 'Sales' },
};
const MEMBERS = [{ value: ID, type: 'User', display: 'Babs' }];

const resource = JSON.parse(printResource(GROUP));
const members = JSON.parse(printMembers(GROUP, ID, MEMBERS, false));

describe('a line', () => {
  it.each([
    ['a resource', printResource(GROUP)],
    ['memberships', printMembers(GROUP, ID, MEMBERS, false)],
    ['the end', printEnd({ resources: { User: 1 }, memberships: 2 })],
  ])('of %s is read as it was written', (_what, text) => {
    const read = readLine(JSON.parse(text));

    expect('line' in read && JSON.stringify(read.line)).toBe(text);
  });

  it('leaves out what the directory keeps about a large change', () => {
    expect(printResource({ ...GROUP, change: { last: 'c1' } })).toBe(printResource(GROUP));
  });

  it.each([
    [{ ...resource, kind: 'other' }, 'kind must be'],
    [undefined, 'kind must be'],
    [{ ...resource, id: ID.toUpperCase() }, 'id must be a UUID in lower case'],
    [{ ...resource, version: 0 }, 'version must be a whole number from 1'],
    [{ ...resource, created: '2026-01-31' }, 'created must be an instant'],
    [{ ...resource, created: '2026-99-31T12:00:00.000Z' }, 'created must be an instant'],
    [{ ...resource, createdBy: '' }, 'createdBy must be text'],
    [{ ...resource, externalIds: { default: 1 } }, 'externalIds.default must be well-formed text'],
    [{ ...resource, externalIds: { default: '\ud800' } }, 'externalIds.default must be well-formed text'],
    [{ ...resource, attributes: [] }, 'attributes must be an object'],
    [{ ...resource, secret: 'canary' }, 'members that this version does not know'],
    [{ ...members, members: [{ value: 'canary', type: 'User' }] }, 'members.0.value must be a UUID'],
    [{ ...members, members: Array(1_001).fill(MEMBERS[0]) }, 'members must be a list of at most 1000'],
    [{ ...members, isLast: 'no' }, 'isLast must be true or false'],
  ])('that is not one is refused by the name of what is wrong, and nothing in it is repeated: %#', (value, words) => {
    const read = readLine(value);

    expect(read).toEqual({ fault: expect.stringContaining(words) });
    expect(JSON.stringify(read)).not.toContain('canary');
  });
});

describe('the first line', () => {
  it('says what the file is', () => {
    expect(readHeader(JSON.parse(printHeader({ schemas: [] })))).toMatchObject({ line: { version: 1, schemas: { schemas: [] } } });
  });

  it.each([
    [{ format: 'another' }, 'format must be "serverless-scim directory"'],
    [{ format: 'serverless-scim directory', version: 2, schemas: {} }, 'a later version than this one made the file'],
    [undefined, 'the line'],
  ])('is refused when it says something else: %#', (value, words) => {
    expect(readHeader(value)).toEqual({ fault: expect.stringContaining(words) });
  });
});

describe('the place of a line', () => {
  it.each([
    [printResource(GROUP), { kind: 'resource', type: 'Group', id: ID }],
    [printMembers(GROUP, undefined, MEMBERS, false), { kind: 'members', type: 'Group', id: ID, after: ID }],
    [printMembers(GROUP, undefined, MEMBERS, true), { kind: 'members', type: 'Group', id: ID }],
    [printEnd({ resources: {}, memberships: 0 }), undefined],
  ])('is what the next one comes behind: %#', (text, place) => {
    const read = readLine(JSON.parse(text));

    expect('line' in read && placeOf(read.line)).toEqual(place);
  });
});
