import { describe, expect, it } from '@jest/globals';
import { printEnd, printHeader, printMembers, printResource } from '../../../src/directory/transfer/lines.ts';
import { aTransferTerminal } from '../../support/transfer-terminal.ts';

const AT = '2026-01-31T12:00:00.000Z';
const idOf = (index: number): string => `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`;
const about = { version: 1, created: AT, lastModified: AT, createdBy: 'default', externalIds: {} };
const GROUP = { ...about, type: 'Group', id: idOf(9), nameVersion: 1, attributes: { displayName: 'Gruppe Ü' } };

const LINES = [
  printHeader({ schemas: [], types: [], removed: [], onceUnique: [] }),
  printResource({ ...about, type: 'User', id: idOf(1), attributes: { userName: 'ü' } }),
  printResource(GROUP),
  printMembers(GROUP, undefined, [{ value: idOf(1), type: 'User' }], true),
];
const WHOLE = [...LINES, printEnd({ resources: { User: 1, Group: 1 }, memberships: 1 })].map((line) => `${line}\n`).join('');

/** Hands out two lines at a time, behind the one that is named. */
const aDirectory = (given: Readonly<Record<string, string>> = {}) =>
  aTransferTerminal((request) => {
    if (request.act !== 'directory.export') return { ok: false, error: { message: 'another act' } };
    const { after } = request;
    const at = after === undefined ? 0 : LINES.findIndex((line) => line.includes(after.kind === 'members' ? 'members' : after.id)) + 1;
    const lines = LINES.slice(at, at + 2);
    return { ok: true, result: { lines, isLast: at + 2 >= LINES.length, totals: { User: 1, Group: 1 } } };
  }, given);

describe('scim export', () => {
  it('writes the whole directory to standard output, and says how much it was beside it', async () => {
    const { scim, out, err, files, shown } = aDirectory();

    expect(await scim('export --local')).toBe(0);
    expect(files.get('standard output')).toBe(WHOLE);
    expect(out).toEqual([]);
    expect(err).toEqual(['2 resources and 1 membership.']);
    expect(shown).toContain('2 of 2 resources, 1 membership, 2 a second');
  });

  it('asks for what comes behind the last line it has, and names the first', async () => {
    const { scim, asked } = aDirectory();

    await scim('export --local');

    expect(asked).toEqual([
      { act: 'directory.export', by: 'ada' },
      { act: 'directory.export', by: 'ada', header: LINES[0], after: { kind: 'resource', type: 'User', id: idOf(1) } },
    ]);
  });

  it('prints JSON, and nothing else, when asked to', async () => {
    const { scim, out, err } = aDirectory();

    await scim('export --local --out f --json');

    expect(JSON.parse(out.join(''))).toEqual({ file: 'f', resources: { User: 1, Group: 1 }, memberships: 1 });
    expect(err).toEqual([]);
  });

  it('goes on to the same bytes from wherever the file ends', async () => {
    for (let end = 0; end <= Buffer.byteLength(WHOLE); end += 1) {
      const { scim, files } = aDirectory({ f: Buffer.from(WHOLE).toString('utf8', 0, end) });

      expect(await scim('export --local --out f --resume')).toBe(0);
      expect(files.get('f')).toBe(WHOLE);
    }
  });

  it('begins where there is no file to go on with, and asks nobody when it is complete', async () => {
    const [absent, complete] = [aDirectory(), aDirectory({ f: WHOLE })];

    expect([await absent.scim('export --local --out f --resume'), await complete.scim('export --local --out f --resume')]).toEqual([0, 0]);
    expect(absent.files.get('f')).toBe(WHOLE);
    expect(complete.asked).toEqual([]);
  });

  it.each([
    ['a begun export', `${LINES[0]}\n${LINES[1]}\n`, /1 resource and 0 memberships: go on with --resume, or begin anew with --force/],
    ['a first line that broke off', '{"form', /0 resources and 0 memberships: go on with --resume/],
    ['a complete export', WHOLE, /complete: write it anew with --force/],
    ['another file', 'my notes\n', /no export \(line 1: /],
    ['another file of one line', 'my notes', /no export \(line 1: it begins with something else\)/],
    ['an export with garbage in it', `${LINES[0]}\nnonsense\n`, /no export \(line 2: /],
    ['an export with more behind it', `${WHOLE}${LINES[1]}\n`, /comes after the last line/],
  ])('leaves %s as it is', async (_what, text, words) => {
    const { scim, err, asked, files } = aDirectory({ f: text });

    expect(await scim('export --local --out f')).toBe(2);
    expect(err).toEqual([expect.stringMatching(words)]);
    expect(asked).toEqual([]);
    expect(files.get('f')).toBe(text);
  });

  it.each([
    ['resources', WHOLE.replace(`${LINES[1]}\n`, '')],
    ['memberships', WHOLE.replace('"memberships":1', '"memberships":2')],
  ])('refuses to go on with a file whose %s are not those of its last line', async (_what, text) => {
    const { scim, err } = aDirectory({ f: text });

    expect(await scim('export --local --out f --resume')).toBe(1);
    expect(err).toEqual([expect.stringContaining('it was changed')]);
  });

  it('writes anew with --force', async () => {
    const { scim, files } = aDirectory({ f: 'my notes' });

    expect(await scim('export --local --out f --force')).toBe(0);
    expect(files.get('f')).toBe(WHOLE);
  });

  it('keeps what it has when it is refused in the middle, and says how to go on', async () => {
    const { scim, err, files } = aTransferTerminal(({ act, ...request }) =>
      act === 'directory.export' && 'after' in request
        ? { ok: false, error: { message: 'The schemas have changed.' } }
        : { ok: true, result: { lines: LINES.slice(0, 2), isLast: false, totals: {} } },
    );

    expect(await scim('export --local --out f')).toBe(1);
    expect(err).toEqual(['The schemas have changed.\nWhat was written stays in f: go on with --resume.']);
    expect(files.get('f')).toBe(`${LINES[0]}\n${LINES[1]}\n`);
  });

  it('does not go on behind a first line that is another by now', async () => {
    const { scim, err, files } = aDirectory({ f: `${LINES[0]?.replace('[]', '["x"]')}\n` });

    expect(await scim('export --local --out f --resume')).toBe(1);
    expect(err).toEqual([expect.stringContaining('begin it anew with --force')]);
    expect(files.get('f')).toContain('["x"]');
  });

  it('says that the disk may be full', async () => {
    const full = aTransferTerminal(() => ({ ok: true, result: { lines: LINES, isLast: true, totals: {} } }), {}, 100);

    expect(await full.scim('export --local --out f')).toBe(1);
    expect(full.err).toEqual([expect.stringMatching(/disk may be full\.\nWhat was written stays in f/)]);
  });

  it.each(['--json', '--resume', '--force', '--out f --resume --force'])('does not understand "%s"', async (flags) => {
    const { scim, asked } = aDirectory();

    expect(await scim(`export --local ${flags}`)).toBe(2);
    expect(asked).toEqual([]);
  });
});
