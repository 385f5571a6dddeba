import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Line } from '../../src/directory/transfer/lines.ts';
import { refusing } from '../support/aws/restorable-stack.ts';
import { openScene, type Scene, THEN, TO } from '../support/restore-scene.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RESTORE = `restore --tenant acme ${TO}`;

let scene: Scene;
let users: string[];
let groups: Record<'all' | 'few' | 'outer' | 'empty', string>;

beforeEach(async () => {
  scene = await openScene();
  users = await Promise.all(Array.from({ length: 32 }, (_, index) => scene.addUser(`user.${index}`)));
  const all = await scene.addGroup('All', users);
  const few = await scene.addGroup('Few', users.slice(0, 5));
  groups = { all, few, outer: await scene.addGroup('Outer', [few]), empty: await scene.addGroup('Empty') };
  await scene.aws.keep(THEN);
});

afterEach(() => scene.aws.close());

/** Removals by the dozen, renames, a group emptied, another gone, and people who came after. */
async function strike(): Promise<void> {
  for (const id of users.slice(0, 15)) await scene.remove(`/Users/${id}`);
  for (const [index, id] of users.slice(15, 25).entries())
    await scene.patch(`/Users/${id}`, { op: 'replace', path: 'userName', value: `renamed.${index}` });
  for (const id of users.slice(25, 30)) await scene.patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false });
  await scene.patch(`/Groups/${groups.all}`, { op: 'remove', path: 'members' });
  await scene.patch(`/Groups/${groups.empty}`, { op: 'replace', path: 'displayName', value: 'Not empty' });
  await scene.remove(`/Groups/${groups.few}`);
  const late = await scene.addUser('late');
  await scene.patch(`/Groups/${groups.empty}`, { op: 'add', path: 'members', value: [{ value: late }] });
  await scene.settle();
  await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));
}

/** What a restore promises: everything but versions, and when a group was last changed. */
const promised = (lines: readonly Line[]): readonly object[] =>
  lines.flatMap((line): readonly object[] => {
    if (line.kind === 'end') return [];
    if (line.kind === 'members') return [{ group: line.group, members: line.members }];
    const { version: _version, nameVersion: _nameVersion, lastModified: _lastModified, ...rest } = line;
    return [rest];
  });

const tables = () => [...scene.aws.copies.keys()];

describe('a restore to an earlier time', () => {
  it('brings back what was removed, changed and taken out of groups, keeps what was made since, and leaves no table behind', async () => {
    const before = promised(await scene.export());
    await strike();

    const done = await scene.scim(`${RESTORE} --confirm acme --json`);

    const after = promised(await scene.export());
    const isLate = (line: object) => JSON.stringify(line).includes('"late"');
    const [late] = after.filter(isLate);
    expect(done.status).toBe(0);
    expect(late).toBeDefined();
    const withoutLate = after
      .filter((line) => !isLate(line))
      .map((line) => ('group' in line && line.group === groups.empty ? { ...line, members: [] } : line));
    expect(withoutLate).toEqual(before);
    expect(JSON.parse(done.out[0] ?? '')).toMatchObject({
      counts: { created: 16, replaced: 16 },
      refused: [],
      problems: { copy: [], present: [] },
    });
    expect(await scene.problems()).toEqual([]);
    expect(tables()).toEqual([]);
  });

  it('shows what differs and changes nothing with --dry-run, and uses the table again', async () => {
    await strike();
    const before = await scene.export();

    const shown = await scene.scim(`${RESTORE} --dry-run`);
    const json = await scene.scim(`${RESTORE} --dry-run --json`);

    expect(shown.out).toEqual(expect.arrayContaining(['16 resources missing now', '16 resources changed since', '1 resource new since']));
    expect(shown.out.join('\n')).toMatch(/^ {2}User \S+ renamed\.\d \(userName\)$/m);
    expect(shown.out.join('\n')).toContain('and 6 more; --json names them all');
    expect(JSON.parse(json.out[0] ?? '').missing).toHaveLength(16);
    expect(json.err.join('\n')).toContain('is there from an earlier start');
    expect(await scene.export()).toEqual(before);
    expect(tables()).toHaveLength(1);
  });

  it('leaves what has changed as it is with --only missing, and other types with --type', async () => {
    await strike();

    const groupsOnly = await scene.scim(`${RESTORE} --confirm acme --json --only missing --type Group --keep-table`);
    const missingOnly = await scene.scim(`${RESTORE} --confirm acme --json --only missing`);

    expect(JSON.parse(groupsOnly.out[0] ?? '')).toMatchObject({ counts: { created: 1 } });
    expect(groupsOnly.err.at(-1)).toContain('stays, and is paid for');
    expect(JSON.parse(missingOnly.out[0] ?? '')).toMatchObject({ counts: { created: 15 } });
    const { json } = await scene.endpoint.send('GET', `/Users/${users[15]}`);
    expect(json.userName).toBe('renamed.0');
    expect(await scene.problems()).toEqual([]);
  });

  it('leaves out whom --except names, with all memberships', async () => {
    await scene.remove(`/Users/${users[0]}`);
    await scene.remove(`/Users/${users[1]}`);
    await scene.settle();
    await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));

    const done = await scene.scim(`${RESTORE} --confirm acme --except ${users[0]?.toUpperCase()} --json`);

    expect(done.status).toBe(0);
    expect(JSON.parse(done.out[0] ?? '')).toMatchObject({ missing: [{ id: users[1] }], counts: { created: 1, membersAdded: 2 } });
    expect((await scene.endpoint.send('GET', `/Users/${users[0]}`)).status).toBe(404);
    expect(await scene.problems()).toEqual([]);
  });

  it('names what stands in the way, brings back the rest, and takes nothing from another', async () => {
    await scene.remove(`/Users/${users[0]}`);
    await scene.remove(`/Users/${users[1]}`);
    const other = await scene.addUser('user.0');
    await scene.settle();
    await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));

    const done = await scene.scim(`${RESTORE} --confirm acme`);

    expect(done.status).toBe(1);
    expect(done.err.join('\n')).toContain(`User ${users[0]}: its userName is taken by the User ${other}`);
    expect(done.err.at(-1)).toContain('stays, and is paid for: run this again');
    expect((await scene.endpoint.send('GET', `/Users/${users[1]}`)).status).toBe(200);
    expect(await scene.problems()).toEqual([]);
  });

  it('puts a name back although another had taken it that has to give it back itself', async () => {
    await scene.patch(`/Users/${users[0]}`, { op: 'replace', path: 'userName', value: 'aside' });
    await scene.patch(`/Users/${users[1]}`, { op: 'replace', path: 'userName', value: 'user.0' });
    await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));

    const done = await scene.scim(`${RESTORE} --confirm acme`);

    expect(done.status).toBe(0);
    expect((await scene.endpoint.send('GET', `/Users/${users[0]}`)).json.userName).toBe('user.0');
  });

  it('leaves what a client changes between the comparison and the import', async () => {
    await scene.patch(`/Users/${users[0]}`, { op: 'replace', path: 'title', value: 'wrong' });
    await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));
    let imports = 0;
    scene.aws.world.beforeInvocation = async (act) => {
      if (act !== 'directory.import') return;
      imports += 1;
      await scene.patch(`/Users/${users[0]}`, { op: 'replace', path: 'title', value: `newer ${imports}` });
    };

    const done = await scene.scim(`${RESTORE} --confirm acme`);

    expect(done.status).toBe(1);
    expect(done.err.join('\n')).toContain(`User ${users[0]}: it has been changed since it was compared, and stays as it is`);
    expect((await scene.endpoint.send('GET', `/Users/${users[0]}`)).json.title).toBe(`newer ${imports}`);
  });

  it('gives no ETag twice: who comes back counts on from where it was removed', async () => {
    await scene.patch(`/Users/${users[0]}`, { op: 'replace', path: 'title', value: 'wrong' });
    await scene.patch(`/Users/${users[1]}`, { op: 'replace', path: 'title', value: 'wrong' });
    await scene.remove(`/Users/${users[0]}`);
    await scene.settle();
    await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));

    await scene.scim(`${RESTORE} --confirm acme`);

    const versions = await Promise.all(
      users.slice(0, 2).map(async (id) => (await scene.endpoint.send('GET', `/Users/${id}`)).json.meta.version),
    );
    expect(versions).toEqual(['W/"4"', 'W/"3"']);
  });

  it.each([1, 4, 6])('goes on where it was killed: at its call %d of the admin function', async (killedAt) => {
    const before = promised(await scene.export()).filter((line) => !('group' in line));
    await strike();
    const words = [join(ROOT, 'cli', 'main.ts'), ...`${RESTORE} --confirm acme`.split(' ')];
    const child = spawn(process.execPath, words, {
      cwd: ROOT,
      env: { PATH: process.env['PATH'], ...scene.aws.variables },
      stdio: 'ignore',
    });
    const ended = once(child, 'close');
    scene.aws.world.beforeInvocation = async () => {
      if (scene.aws.world.invocations === killedAt) child.kill('SIGKILL');
    };
    await ended;
    scene.aws.world.beforeInvocation = async () => {};

    const again = await scene.scim(`${RESTORE} --confirm acme`);

    expect(child.signalCode).toBe('SIGKILL');
    expect(again.status).toBe(0);
    const after = promised(await scene.export()).filter((line) => !('group' in line) && !JSON.stringify(line).includes('"late"'));
    expect(after).toEqual(before);
    expect(await scene.problems()).toEqual([]);
    expect(tables()).toEqual([]);
  });

  it('says where a copy contradicts itself, and brings in what its resources say', async () => {
    await scene.remove(`/Users/${users[0]}`);
    await scene.settle();
    await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));
    scene.aws.spoil((items) => items.filter(({ pk }) => !pk?.S?.startsWith('Unique#User#userName#user.0')));

    const done = await scene.scim(`${RESTORE} --confirm acme`);

    expect(done.status).toBe(0);
    expect(done.err).toContain(`  User#0 → ${users[0]}: not found by Unique#User#userName`);
    expect(await scene.problems()).toEqual([]);
  });
});

describe('a restore that cannot be', () => {
  it.each([
    ['restore --tenant acme', 'say when the directory was as it should be'],
    ['restore --tenant acme --to yesterday', '--to takes an instant'],
    [`restore --local ${TO}`, 'keeps no earlier states'],
    [`${RESTORE} --confirm other`, '--confirm takes exactly "acme"'],
    [`${RESTORE}`, 'repeat it with --confirm acme'],
    [`${RESTORE} --except ada@example.com`, '--except takes ids'],
    [`${RESTORE} --type Device`, 'there is no such resource type in both states, but User, Group'],
    ['restore --tenant acme --to 2020-01-01T00:00:00Z', '--to must be between'],
  ])('refuses "%s"', async (line, words) => {
    await scene.remove(`/Users/${users[0]}`);

    const { status, err } = await scene.scim(line);

    expect(status).toBeGreaterThan(0);
    expect(err.join('\n')).toContain(words);
    expect((await scene.endpoint.send('GET', `/Users/${users[0]}`)).status).toBe(404);
  });

  it('says that the copy stays and costs when it ends without a confirmation', async () => {
    await scene.remove(`/Users/${users[0]}`);

    const { err } = await scene.scim(RESTORE);

    expect(tables()).toHaveLength(1);
    expect(err.join('\n')).toMatch(/The table \S+ stays, and is paid for: run this again, and it is used, or delete it\./);
  });

  it.each([
    ['RestoreTableToPointInTime', 'on its table dynamodb:DescribeTable'],
    ['Scan', 'lacks the permission dynamodb:Scan'],
    ['Query', 'lacks the permission dynamodb:Query'],
  ])('says what the operator has to be allowed to when %s is denied', async (action, words) => {
    const denied = `User: arn:aws:iam::1:user/ada is not authorized to perform: dynamodb:${action} on resource: table`;
    scene.aws.world.refusals[action] = refusing('AccessDeniedException', denied);

    const { status, err } = await scene.scim(`${RESTORE} --confirm acme`);

    expect(status).toBe(1);
    expect(err.join('\n')).toContain(words);
  });

  it('says that point-in-time recovery is off, and that the stack is too old', async () => {
    scene.aws.kept.length = 0;
    const off = await scene.scim(RESTORE);
    scene.aws.world.outputs = {};
    const old = await scene.scim(RESTORE);

    expect(off.err).toEqual([expect.stringContaining('Point-in-time recovery of the table')]);
    expect(old.err).toEqual([expect.stringContaining('has no output TableName')]);
  });

  it('says so when the table itself contradicts itself in the end', async () => {
    await scene.remove(`/Users/${users[0]}`);
    await scene.settle();
    await scene.aws.keep(new Date('2026-06-01T13:00:00Z'));
    await scene.lose(`Member#${users[1]}#Groups`, '!');

    const { status, err } = await scene.scim(`${RESTORE} --confirm acme`);

    expect(status).toBe(1);
    expect(err).toContain(`  User#0 → ${users[1]}: no alive row`);
    expect(err.at(-1)).toContain('contradicts itself');
  });

  it('ends when the directory does nothing, and when the function is not what it should be', async () => {
    await scene.remove(`/Users/${users[0]}`);
    scene.aws.world.results['directory.import'] = { dryRun: false, done: 0, schemas: 'same', counts: {}, refused: [], unknown: [] };
    const busy = await scene.scim(`${RESTORE} --confirm acme`);
    scene.aws.world.results['directory.export'] = { lines: [], isLast: true, totals: {} };
    const strange = await scene.scim(`${RESTORE} --confirm acme`);

    expect(busy.err.at(-1)).toContain('The directory is busy or cannot be reached: run this again');
    expect(strange.err.at(-1)).toContain('begins with a line that is missing');
  });

  it('does not wait for ever', async () => {
    scene.aws.world.looks = Infinity;

    const { status, err } = await scene.scim(RESTORE);

    expect(status).toBe(1);
    expect(err.at(-1)).toContain('is still being made: run this again later');
  });

  it('never takes another table for the copy', async () => {
    await scene.scim(`${RESTORE} --dry-run`);
    for (const copy of scene.aws.copies.values()) copy.at += 1;

    const { status, err } = await scene.scim(`${RESTORE} --confirm acme`);

    expect(status).toBe(1);
    expect(err).toEqual([expect.stringContaining('is no copy of')]);
  });

  it('waits for a copy that takes its time, and removes one that is not needed', async () => {
    scene.aws.world.looks = 3;

    const { status, err } = await scene.scim(`${RESTORE} --confirm acme`);

    expect(status).toBe(0);
    expect(err).toEqual(expect.arrayContaining(['Nothing is to be brought back.', expect.stringContaining('is deleted')]));
    expect(tables()).toEqual([]);
  });
});
