import { describe, expect, it } from '@jest/globals';
import type { AdminRequestInput } from '../../../src/access/admin-request.ts';
import type { ImportedBatch } from '../../../src/directory/transfer/answers.ts';
import { printEnd, printHeader, printResource } from '../../../src/directory/transfer/lines.ts';
import { aTransferTerminal } from '../../support/transfer-terminal.ts';

const AT = '2026-01-31T12:00:00.000Z';
const HEADER = printHeader({ schemas: [], types: [], removed: [], onceUnique: [] });

const userLine = (index: number): string =>
  printResource({
    type: 'User',
    id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    version: 1,
    created: AT,
    lastModified: AT,
    createdBy: 'default',
    externalIds: {},
    attributes: { userName: `user.${index}` },
  });

const fileOf = (users: number): string =>
  [HEADER, ...Array.from({ length: users }, (_, index) => userLine(index)), printEnd({ resources: { User: users }, memberships: 0 })]
    .map((line) => `${line}\n`)
    .join('');

type Request = AdminRequestInput & { readonly act: 'directory.import' };

/** Judges as many lines of each batch as `doneOf` says. */
function aTenant(file: string, doneOf: (request: Request) => Partial<ImportedBatch> = () => ({})) {
  return aTransferTerminal(
    (request) => {
      if (request.act !== 'directory.import') return { ok: false, error: { message: 'another act' } };
      const { done = request.lines.length, ...result } = doneOf(request);
      const whole = {
        dryRun: request.dryRun ?? false,
        schemas: 'same',
        counts: { created: done },
        refused: [],
        unknown: [],
        done,
        ...result,
      };
      return { ok: true, result: whole };
    },
    { f: file },
  );
}

const importsIn = (asked: readonly AdminRequestInput[]): readonly Request[] =>
  asked.flatMap((request) => (request.act === 'directory.import' ? [request] : []));

const placesIn = (asked: readonly AdminRequestInput[]) => importsIn(asked).map(({ firstLine, lines }) => [firstLine, lines.length]);

describe('scim import', () => {
  it('sends every line but the first and the last once, the first with each batch, and adds up what became of them', async () => {
    const { scim, out, err, asked, shown } = aTenant(fileOf(2_500));

    expect(await scim('import f --local')).toBe(0);
    expect(placesIn(asked)).toEqual([
      [2, 1_000],
      [1_002, 1_000],
      [2_002, 500],
    ]);
    expect(importsIn(asked).every(({ header }) => header === HEADER)).toBe(true);
    expect(importsIn(asked).flatMap(({ lines }) => lines)).toEqual(Array.from({ length: 2_500 }, (_, index) => userLine(index)));
    expect(out).toEqual(['created  2,500']);
    expect(err).toEqual([]);
    expect(shown).toContain('line 2,501 of 2,502, 833 a second');
  });

  it('sends again what a batch did not come to', async () => {
    const { scim, asked } = aTenant(fileOf(10), ({ lines }) => ({ done: Math.min(lines.length, 4) }));

    expect(await scim('import f --local')).toBe(0);
    expect(placesIn(asked)).toEqual([
      [2, 10],
      [6, 6],
      [10, 2],
    ]);
  });

  it('sends a batch that came to nothing again, and gives up after the third time in a row', async () => {
    let asks = 0;
    const { scim, asked, err } = aTenant(fileOf(10), () => {
      asks += 1;
      return { done: asks === 3 ? 4 : 0, counts: {} };
    });

    expect(await scim('import f --local')).toBe(1);
    expect(placesIn(asked)).toEqual([2, 2, 2, 6, 6, 6].map((line) => [line, 12 - line]));
    expect(err).toEqual([expect.stringMatching(/^The directory is busy or cannot be reached\.\nWhat comes before line 6 is done/)]);
  });

  it('sends no more than about a megabyte at once', async () => {
    const long = printResource({ ...JSON.parse(userLine(0)), attributes: { userName: 'x', displayName: 'y'.repeat(300_000) } });
    const file = [HEADER, ...Array(8).fill(long), printEnd({ resources: { User: 8 }, memberships: 0 }), ''].join('\n');
    const { scim, asked } = aTenant(file);

    await scim('import f --local');

    expect(importsIn(asked).map(({ lines }) => lines.length)).toEqual([4, 4]);
  });

  it('goes on from a line', async () => {
    const { scim, asked } = aTenant(fileOf(10));

    await scim('import f --local --from-line 9');

    expect(placesIn(asked)).toEqual([[9, 3]]);
  });

  it('brings in the schemas of a directory that has nothing else', async () => {
    const { scim, asked, out, err } = aTenant(fileOf(0), () => ({ schemas: 'applied', counts: {} }));

    expect(await scim('import f --local')).toBe(0);
    expect(placesIn(asked)).toEqual([[2, 0]]);
    expect(out).toEqual(['schemas applied  1']);
    expect(err).toEqual(['The schemas are in effect everywhere within 30 seconds.']);
  });

  it.each([
    ['', { onConflict: 'fail', dryRun: false, by: 'ada' }],
    ['--on-conflict skip --dry-run --by grace', { onConflict: 'skip', dryRun: true, by: 'grace' }],
    ['--on-conflict replace', { onConflict: 'replace', dryRun: false }],
  ])('with "%s" asks for just that', async (flags, request) => {
    const { scim, asked } = aTenant(fileOf(1));

    await scim(`import f --local ${flags}`);

    expect(asked).toEqual([expect.objectContaining(request)]);
  });

  it('stops behind the batch with a refused line, names it, and says that the others are in', async () => {
    const { scim, err, asked } = aTenant(fileOf(1_500), () => ({
      counts: { created: 999, refused: 1 },
      refused: [{ line: 7, message: 'no' }],
    }));

    expect(await scim('import f --local')).toBe(1);
    expect(asked).toHaveLength(1);
    expect(err).toEqual([
      'line 7: no.',
      'One line is refused, and no line behind 1001 was looked at. What was not refused is in: see to these, and run it again.',
    ]);
  });

  it('judges the whole file in a dry run, whatever it finds', async () => {
    const { scim, err, asked } = aTenant(fileOf(1_500), ({ firstLine = 0 }) => ({
      counts: { refused: 1 },
      refused: [{ line: firstLine, message: 'no' }],
    }));

    expect(await scim('import f --local --dry-run')).toBe(1);
    expect(asked).toHaveLength(2);
    expect(err).toEqual(['line 2: no.', 'line 1002: no.', '2 lines are refused; nothing has been changed.']);
  });

  it('names members that were left out, and is done all the same', async () => {
    const unknown = [
      { line: 3, group: 'g1', count: 12, ids: ['a', 'b'], isGroupUnknown: false },
      { line: 4, group: 'g2', count: 2, ids: ['a', 'b'], isGroupUnknown: true },
    ];
    const { scim, err } = aTenant(fileOf(1), () => ({ unknown }));

    expect(await scim('import f --local')).toBe(0);
    expect(err).toEqual([
      'line 3: members of g1 that are not there are left out: a, b and 10 more.',
      'line 4: the group g2 is not there, so 2 members of it are left out.',
    ]);
  });

  it('prints JSON, and nothing else, when asked to', async () => {
    const { scim, out, err } = aTenant(fileOf(3));

    await scim('import f --local --json');

    expect(JSON.parse(out.join(''))).toEqual({
      dryRun: false,
      schemas: 'same',
      counts: { created: 3 },
      refused: [],
      unknown: [],
      upTo: 4,
    });
    expect(err).toEqual([]);
  });

  it('says where to go on when it breaks off', async () => {
    const broken = aTransferTerminal(
      (request) =>
        request.act === 'directory.import' && request.firstLine === 2
          ? { ok: true, result: { dryRun: false, done: 1_000, schemas: 'same', counts: {}, refused: [], unknown: [] } }
          : { ok: false, error: { message: 'The directory is busy.' } },
      { f: fileOf(1_500) },
    );

    expect(await broken.scim('import f --local')).toBe(1);
    expect(broken.err).toEqual([
      'The directory is busy.\nWhat comes before line 1002 is done: run it again, or go on with --from-line 1002.',
    ]);
  });

  const WHOLE = fileOf(3);

  it.each([
    ['an empty file', '', 1, /is empty/],
    ['another file', 'my notes\n', 1, /is no export of a directory: line 1/],
    ['garbage in the middle', WHOLE.replace(userLine(1), 'garbage'), 1, /line 3: kind must be/],
    ['a file without its last line', WHOLE.slice(0, WHOLE.lastIndexOf('{"kind":"end"')), 1, /broke off: .* is missing/],
    ['a last line that broke off', WHOLE.slice(0, -3), 1, /broke off/],
    ['a file of which a line was taken out', WHOLE.replace(`${userLine(1)}\n`, ''), 1, /does not hold what its last line says/],
  ])('asks nobody about %s', async (_what, text, status, words) => {
    const { scim, err, asked } = aTenant(text);

    expect(await scim('import f --local')).toBe(status);
    expect(err).toEqual([expect.stringMatching(words)]);
    expect(asked).toEqual([]);
  });

  it('takes what there is of a file that broke off with --partial', async () => {
    const { scim, asked } = aTenant(WHOLE.slice(0, WHOLE.indexOf(userLine(2)) + 20));

    expect(await scim('import f --local --partial')).toBe(0);
    expect(importsIn(asked).flatMap(({ lines }) => lines)).toEqual([userLine(0), userLine(1)]);
  });

  it.each(['none --local', 'f', 'f --local --from-line 0', 'f --local --from-line x', 'f --local --on-conflict win', '--local'])(
    'does not understand "%s"',
    async (words) => {
      const { scim, asked } = aTenant(WHOLE);

      expect(await scim(`import ${words}`)).toBe(2);
      expect(asked).toEqual([]);
    },
  );
});
