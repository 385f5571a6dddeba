import { describe, expect, it } from '@jest/globals';
import type { Backfill } from '../../../src/directory/backfill/ports.ts';
import { NO_CUSTOMIZATION } from '../../../src/scim/schema/custom/customization.ts';
import { printCustomization } from '../../../src/scim/schema/custom/print.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { MemorySchemaStore } from '../../support/schemas-memory.ts';

const aBackfill = (overrides: Partial<Backfill> = {}): Backfill => ({
  name: 'matching/User/title',
  type: 'User',
  revision: 'r',
  startedAt: '2026-01-01T00:00:00.000Z',
  seen: 0,
  changed: 0,
  stuck: 0,
  stuckIds: [],
  ...overrides,
});

/** Schemas under which users are matched by their title, in this state. */
function titleIn(state: 'filling' | 'ready' | 'removing', schemas = new MemorySchemaStore()): MemorySchemaStore {
  const matching = [{ type: 'User', path: 'title', state, revision: 'r' }];
  schemas.stored = { version: (schemas.stored?.version ?? 0) + 1, text: printCustomization({ ...NO_CUSTOMIZATION, matching }) };
  return schemas;
}

describe('scim matching list', () => {
  it.each([
    ['ready', undefined, /ready +- +its keys$/],
    ['filling', undefined, /waiting +- +a walk$/],
    ['filling', aBackfill({ seen: 412, total: 2_000 }), /filling +20 % +a walk$/],
    ['filling', aBackfill({ seen: 2_010, total: 2_000 }), /filling +99 % +a walk$/],
    ['removing', aBackfill({ total: 0 }), /being removed +0 % +a walk$/],
  ] as const)('shows how far one has come that is %s', async (state, backfill, shown) => {
    const { scim, out } = aTerminal({ schemas: titleIn(state), backfills: backfill ? [backfill] : [] });

    expect(await scim('matching list --local')).toBe(0);

    expect(out.find((line) => line.includes('title'))).toMatch(shown);
    expect(out[1]).toMatch(/^User {2}emails\.value {2}built in/);
  });

  it('names what stands in the way', async () => {
    const backfill = aBackfill({ total: 9, seen: 9, stuck: 7, stuckIds: ['a', 'b'], finishedAt: 'now' });
    const { scim, err, out } = aTerminal({ schemas: titleIn('filling'), backfills: [backfill] });

    await scim('matching list --local --type User');

    expect(out.find((line) => line.includes('title'))).toContain('incomplete');
    expect(err).toEqual([
      'title: 7 User resources would be found by too many values (a, b and 5 more). Have values removed there, then add the attribute again.',
    ]);
  });

  it('prints JSON, of one type alone, when asked to', async () => {
    const { scim, out } = aTerminal({ schemas: titleIn('ready') });

    await scim('matching list --local --json --type group');

    expect(JSON.parse(out[0] ?? '')).toEqual({ attributes: [] });
  });
});

describe('scim matching add', () => {
  it('shows how far it has come until it is ready', async () => {
    const backfills: Backfill[] = [aBackfill()];
    const [schemas, shown] = [new MemorySchemaStore(), [] as string[]];
    const pauses = [
      async () => void backfills.splice(0, 1, aBackfill({ total: 2_000, seen: 1_000 })),
      async () => void titleIn('ready', schemas),
    ];
    const { scim, out, err } = aTerminal({ schemas, backfills, pauses, progress: (text) => shown.push(text) });

    expect(await scim('matching add TITLE --local')).toBe(0);

    expect(shown).toEqual(['waiting until every function has heard of it', '50 %: 1,000 of 2,000 resources', '']);
    expect(out).toEqual(['added  User  title']);
    expect(err).toEqual(['Filters are answered by its keys within 30 seconds.']);
    expect(schemas.announced).toMatchObject([{ name: 'matching/User/title', type: 'User', revision: 'r' }]);
  });

  it('does not wait when told so, and leaves a line that names the attribute', async () => {
    const { scim, out, err, lines } = aTerminal();

    expect(await scim('matching add employeeNumber --local --no-wait')).toBe(0);

    const attribute = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber';
    expect(out).toEqual([`added  User  ${attribute}`]);
    expect(err).toEqual(['It goes on by itself: "scim matching list" shows how far it is.']);
    expect(lines).toMatchObject([{ event: 'admin', act: 'matching.add', by: 'ada', resourceType: 'User', attribute, outcome: 'done' }]);
  });

  it('prints JSON, and nothing else, when asked to', async () => {
    const { scim, out, err } = aTerminal({ schemas: titleIn('ready') });

    await scim('matching add title --local --json');

    expect(JSON.parse(out[0] ?? '')).toEqual({ type: 'User', attribute: 'title', outcome: 'unchanged', state: 'ready' });
    expect(err).toEqual([]);
  });

  it('begins anew where resources have stood in the way, and fails if they still do', async () => {
    const stuck = aBackfill({ total: 1, seen: 1, stuck: 1, stuckIds: ['a'], finishedAt: 'now' });
    const { scim, out, err } = aTerminal({ schemas: titleIn('filling'), backfills: [stuck] });

    expect(await scim('matching add title --local')).toBe(1);

    expect(out).toEqual(['added  User  title']);
    expect(err[0]).toContain('title: 1 User resource would be found by too many values (a).');
  });

  it('fails where somebody removes it meanwhile', async () => {
    const schemas = new MemorySchemaStore();
    const removed = async () => {
      schemas.stored = undefined;
    };
    const { scim, err } = aTerminal({ schemas, pauses: [removed], backfills: [aBackfill()] });

    expect(await scim('matching add title --local')).toBe(1);

    expect(err).toEqual(['title is no matching attribute any more: somebody has removed it.']);
  });

  it.each([
    ['active', 'of type boolean'],
    ['password', 'never returned'],
    ['title --type Gruop', 'There is no resource type "Gruop"'],
    ['emails.value', 'User is matched by emails.value already'],
    ['emails', 'User is matched by emails.value already'],
    ['name.middleName', 'User is matched by 5 attributes beside those that are built in'],
  ])('refuses %s', async (asked, words) => {
    const { scim, err } = aTerminal();
    const paths = ['title', 'nickName', 'locale', 'timezone', 'userType'];
    for (const path of paths) await scim(`matching add ${path} --local --no-wait`);
    err.length = 0;

    expect(await scim(`matching add ${asked} --local --no-wait`)).toBe(1);

    expect(err[0]).toContain(words);
  });
});

describe('scim matching remove', () => {
  it('says what becomes of it, once', async () => {
    const { scim, out, err } = aTerminal({ schemas: titleIn('ready') });

    await scim('matching remove title --local');
    await scim('matching remove title --local');
    await scim('matching remove title --local --json');

    expect(out.slice(0, 2)).toEqual(['removed  User  title', 'unchanged  User  title']);
    expect(JSON.parse(out[2] ?? '')).toEqual({ type: 'User', attribute: 'title', outcome: 'unchanged' });
    expect(err).toEqual(['No filter uses its keys after 30 seconds; they are removed afterwards.', 'It is being removed already.']);
  });

  it.each([
    ['emails.value', 'always matched by emails.value: that is built in'],
    ['title', 'is not matched by title'],
    ['titel', 'names no attribute'],
  ])('refuses %s, which is none', async (attribute, words) => {
    const { scim, err } = aTerminal();

    expect(await scim(`matching remove ${attribute} --local`)).toBe(1);

    expect(err[0]).toContain(words);
  });
});
