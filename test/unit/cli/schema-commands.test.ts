import { describe, expect, it } from '@jest/globals';
import { aTerminal } from '../../support/admin-terminal.ts';
import type { Collections } from '../../support/schemas-memory.ts';
import { aSchema, BADGE, DEVICE } from '../scim/schema/custom/files.ts';

const setUp = (files: Readonly<Record<string, string>> = {}, collections: Collections = {}) => aTerminal({ files, collections });

const FILES = { 'badge.json': `\ufeff${JSON.stringify(aSchema(BADGE))}`, 'device.json': JSON.stringify(aSchema(DEVICE)) };

describe('scim schema apply', () => {
  it('says what was added, and when it is in effect', async () => {
    const { scim, out, err } = setUp(FILES);

    expect(await scim('schema apply badge.json --local')).toBe(0);
    expect(out).toEqual([`added  ${BADGE}                    1 attribute`, `added  extension ${BADGE} of User`]);
    expect(err).toEqual(['It is in effect within 30 seconds.']);

    expect(await scim('schema apply badge.json --local')).toBe(0);
    expect(out.slice(2)).toEqual([`unchanged  ${BADGE}`]);
    expect(err.slice(1)).toEqual(['Nothing is to be changed.']);
  });

  it('only shows it when told so', async () => {
    const { scim, out, err } = setUp(FILES);

    await scim('schema apply badge.json --local --dry-run');
    await scim('schema list --local');

    expect(out[0]).toContain(`added  ${BADGE}`);
    expect(err).toEqual(['Nothing has been changed: this is what would be.']);
    expect(out.slice(2).join('\n')).not.toContain(BADGE);
  });

  it.each([
    ['', {}],
    ['--extends Group --required', { extends: 'Group', required: true }],
    ['--endpoint /Devices', { endpoint: '/Devices' }],
    ['--dry-run --by grace', { dryRun: true, by: 'grace' }],
  ])('with "%s" asks for just that', async (flags, request) => {
    const { scim, asked } = setUp(FILES);

    await scim(`schema apply device.json --local ${flags}`.trim());

    expect(JSON.parse(JSON.stringify(asked.map(({ request: sent }) => sent)))).toEqual([
      { act: 'schema.apply', by: 'ada', document: aSchema(DEVICE), ...request },
    ]);
  });

  it('prints JSON, and nothing else, when asked to', async () => {
    const { scim, out, err } = setUp(FILES);

    await scim('schema apply badge.json --local --json');
    await scim(`schema remove ${BADGE} --local --json`);

    expect(JSON.parse(out[0] ?? '')).toMatchObject({ dryRun: false, changes: [{ kind: 'added', subject: BADGE }, {}] });
    expect(JSON.parse(out[1] ?? '')).toMatchObject({ changes: [{ kind: 'removed' }, {}] });
    expect(err).toEqual([]);
  });

  it.each([
    ['none.json', /none\.json cannot be read: there is no such file\./],
    ['secret', /secret cannot be read\./],
    ['broken.json', /broken\.json is no valid JSON: something is wrong at line 2, column \d+\./],
    ['short.json', /short\.json is no valid JSON: it breaks off/],
  ])('asks nobody about %s', async (file, words) => {
    const { scim, err, asked } = setUp({ 'broken.json': '{ "id": "x",\n  "attributes" }', 'short.json': '' });

    expect(await scim(`schema apply ${file} --local`)).toBe(2);
    expect(err).toEqual([expect.stringMatching(words)]);
    expect(asked).toEqual([]);
  });

  it('is refused with the words of the admin function', async () => {
    const { scim, err, out } = setUp(FILES);

    expect(await scim('schema apply device.json --local')).toBe(1);
    expect(err).toEqual([expect.stringContaining('--endpoint /Devices')]);
    expect(out).toEqual([]);
  });
});

describe('scim schema list, show and remove', () => {
  it('shows a table of all schemas', async () => {
    const { scim, out } = setUp(FILES);
    await scim('schema apply badge.json --local --extends User --required');
    await scim('schema apply device.json --local --endpoint /Devices');
    out.length = 0;

    expect(await scim('schema list --local')).toBe(0);

    expect(out.map((line) => line.split(/ {2,}/))).toEqual([
      ['SCHEMA', 'FOR', 'ATTRIBUTES', 'ORIGIN'],
      ['urn:ietf:params:scim:schemas:core:2.0:User', 'User at /Users', '21', 'built in'],
      ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', 'extends User', '6', 'built in'],
      [BADGE, 'extends User, required', '1', 'applied'],
      ['urn:ietf:params:scim:schemas:core:2.0:Group', 'Group at /Groups', '2', 'built in'],
      [DEVICE, 'Device at /Devices', '1', 'applied'],
    ]);

    await scim('schema list --local --json');
    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ schemas: [{}, {}, { id: BADGE, origin: 'applied' }, {}, {}] });
  });

  it('prints a schema as a file', async () => {
    const { scim, out } = setUp();

    await scim('schema show urn:ietf:params:scim:schemas:core:2.0:Group --local');
    await scim('schema show urn:ietf:params:scim:schemas:core:2.0:Group --local --json');

    expect(out[0]).toContain('\n  "id": "urn:ietf:params:scim:schemas:core:2.0:Group"');
    expect(JSON.parse(out[1] ?? '')).toEqual(JSON.parse(out[0] ?? ''));
  });

  it('removes a schema, and leaves one that values are stored under', async () => {
    const empty = setUp(FILES);
    const full = setUp(FILES, { User: [{ [BADGE]: { code: '1' } }] });
    for (const { scim } of [empty, full]) await scim('schema apply badge.json --local');

    expect(await empty.scim(`schema remove ${BADGE} --local`)).toBe(0);
    expect(await full.scim(`schema remove ${BADGE} --local`)).toBe(1);

    expect(empty.out.slice(2)).toEqual([`removed  ${BADGE}                    1 attribute`, `removed  extension ${BADGE} of User`]);
    expect(full.err.at(-1)).toMatch(/code: stored values would be lost, of 1 User \(id-1\)/);
  });
});

describe('the audit log', () => {
  it('names the schemas of every act, done, dry or refused', async () => {
    const { scim, lines } = setUp(FILES);

    await scim('schema apply badge.json --local');
    await scim(`schema remove ${BADGE} --local --dry-run`);
    await scim('schema show urn:example:none --local');
    await scim('schema show none --local');

    const line = { event: 'admin', requestId: 'request-1', tenant: 'example', by: 'ada', at: '2026-06-01T00:00:00.000Z' };
    expect(lines).toEqual([
      { ...line, act: 'schema.apply', schemas: [BADGE], outcome: 'done' },
      { ...line, act: 'schema.remove', schemas: [BADGE], dryRun: true, outcome: 'done' },
      { ...line, act: 'schema.show', schemas: ['urn:example:none'], outcome: 'refused' },
      { ...line, act: 'unknown', by: 'unknown', outcome: 'refused' },
    ]);
  });
});
