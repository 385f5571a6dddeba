import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

function setUp(content: unknown = {}) {
  const files: Record<string, string> = { 'file.json': typeof content === 'string' ? content : JSON.stringify(content) };
  const { terminal, out, err, lines } = aTerminal({ files });
  const scim = (...words: readonly string[]) => runCommandLine([...words, '--local'], terminal);
  return { files, out, err, lines, scim };
}

const aFile = (...applications: readonly object[]) => ({ format: 'serverless-scim/applications', version: 1, applications });

describe('scim app export and apply', () => {
  it('bring another tenant to the same applications, and find nothing to change the second time', async () => {
    const one = setUp();
    await one.scim('app', 'create', 'hr', '--preset', 'miniorange', '--set', 'resourceTypes=all', 'features.remove=ignore');
    await one.scim('app', 'create', 'audit', '--title', 'Auditors', '--set', 'patchAnswer.Group=resource', 'credentials.kind=oauth-client');
    await one.scim('app', 'disable', 'audit');
    await one.scim('app', 'export');
    const exported = one.out.at(-1) ?? '';
    const other = setUp(exported);

    expect(await other.scim('app', 'apply', 'file.json')).toBe(0);
    expect(await other.scim('app', 'export')).toBe(0);
    expect(JSON.parse(other.out.at(-1) ?? '')).toEqual(JSON.parse(exported));
    expect(await other.scim('app', 'apply', 'file.json')).toBe(0);
    expect(other.err.at(-1)).toBe('Nothing is to be changed.');
  });

  it('write down what differs from the preset', async () => {
    const { scim, out } = setUp();
    await scim('app', 'create', 'hr', '--preset', 'rfpio', '--set', 'resourceTypes=all', 'patchAnswer.Group=null');
    await scim('app', 'export', '--json');

    expect(JSON.parse(out.at(-1) ?? '')).toEqual(
      aFile({
        key: 'hr',
        title: 'RFPIO',
        preset: 'rfpio',
        state: 'enabled',
        settings: { resourceTypes: 'all', patchAnswer: { Group: null } },
      }),
    );
  });

  it('show with --dry-run what would change, and change nothing', async () => {
    const { scim, out, err } = setUp(
      aFile({ key: 'hr', title: 'HR', settings: { unknownMembers: 'ignore' } }, { key: 'new', title: 'New' }),
    );
    await scim('app', 'create', 'hr');

    expect(await scim('app', 'apply', 'file.json', '--dry-run')).toBe(0);
    expect(out.slice(-3).join('\n')).toMatch(
      /changed +hr +title +"hr" -> "HR"\nchanged +hr +unknownMembers +"refuse" -> "ignore"\nadded +new +New/,
    );
    expect(err.at(-1)).toContain('Nothing has been changed');
    await scim('app', 'list', '--json');
    expect(JSON.parse(out.at(-1) ?? '').applications).toHaveLength(2);
  });

  it('change a preset that changes no setting, and leave on the line how many applications were touched', async () => {
    const { scim, out, lines } = setUp(aFile({ key: 'hr', title: 'hr', preset: 'okta' }, { key: 'new', title: 'New' }));
    await scim('app', 'create', 'hr');

    await scim('app', 'apply', 'file.json');

    expect(out.slice(-2).join('\n')).toMatch(/changed +hr +preset +- -> "okta"\nadded +new/);
    await scim('app', 'export');
    expect(JSON.parse(out.at(-1) ?? '').applications[0]).toMatchObject({ key: 'hr', preset: 'okta' });
    expect(lines).toContainEqual(expect.objectContaining({ act: 'app.apply', counts: { added: 1, changed: 1 } }));
  });

  it('carry mappings, and show attribute by attribute what becomes of them', async () => {
    const login = { target: 'login', path: 'userName' };
    const infor = { target: 'actor', path: 'urn:ietf:params:scim:schemas:extension:infor:2.0:User:actorId' };
    const { scim, out, files } = setUp(aFile({ key: 'hr', title: 'HR', preset: 'infor-cloudsuite', mapping: { User: [login, infor] } }));

    expect(await scim('app', 'apply', 'file.json', '--dry-run')).toBe(0);
    expect(await scim('app', 'apply', 'file.json')).toBe(0);
    await scim('app', 'export');
    const exported = JSON.parse(out.at(-1) ?? '');
    expect(exported.applications.at(-1)).toMatchObject({ key: 'hr', mapping: { User: [login, infor] } });

    files['file.json'] = JSON.stringify(aFile({ key: 'hr', title: 'HR', preset: 'infor-cloudsuite', mapping: { User: [login] } }));
    await scim('app', 'apply', 'file.json');
    expect(out.at(-1)).toMatch(/changed +hr +mapping\.User\.actor +\{.*\} -> -/);
    await scim('app', 'set', 'hr', '--title', 'People');
    await scim('app', 'map', 'show', '--app', 'hr', '--json');
    expect(JSON.parse(out.at(-1) ?? '')).toEqual({ User: [login] });
  });

  it.each([
    [{ User: [{ target: 'login', path: 'usrName' }] }, 'mapping of hr: User[0] "login": the path "usrName" names no attribute of User'],
    [{ User: [{ target: 'log in', path: 'userName' }] }, '"applications.0.mapping.User.0.target" must be a name'],
  ])('refuse a mapping that is wrong, and apply nothing', async (mapping, words) => {
    const { scim, out, err } = setUp(aFile({ key: 'hr', title: 'HR', mapping }));

    expect(await scim('app', 'apply', 'file.json')).toBe(1);
    expect(err.join('\n')).toContain(words);
    await scim('app', 'list', '--json');
    expect(JSON.parse(out.at(-1) ?? '').applications).toHaveLength(1);
  });

  it('leave applications alone that the file does not name', async () => {
    const { scim, out } = setUp(aFile({ key: 'new', title: 'New' }));
    await scim('app', 'create', 'hr', '--set', 'unknownMembers=ignore');
    await scim('app', 'apply', 'file.json');
    await scim('app', 'show', 'hr', '--json');

    expect(JSON.parse(out.at(-1) ?? '')).toMatchObject({ policy: { unknownMembers: 'ignore' } });
  });

  it.each([
    [{ format: 'x', version: 1, applications: [] }, '"format" must be "serverless-scim/applications"'],
    [{ ...aFile(), version: 2 }, '"version" must be 1'],
    [{ ...aFile(), applications: {} }, '"applications" must be a list'],
    [aFile({ key: 'administration', title: 'x' }), '"applications.0.key" must not be "administration"'],
    [aFile({ key: 'H R', title: 'x' }), '"applications.0.key" must be 1 to 64 lower-case letters'],
    [aFile({ key: 'hr', title: 'x', preset: 'entar' }), '"applications.0.preset" must be one of standard, entra'],
    [aFile({ key: 'hr', title: 'x', state: 'off' }), '"applications.0.state" must be "enabled" or "disabled"'],
    [aFile({ key: 'hr', title: 'x', settings: [] }), '"applications.0.settings" must be an object of settings'],
    [aFile({ key: 'hr', title: 'x', settings: { unknownMember: 'ignore' } }), 'applications.0 (hr): unknown setting "unknownMember"'],
    [aFile({ key: 'hr', title: 'x', settings: { resourceTypes: ['Users'] } }), 'there is no resource type "Users"'],
    [aFile({ key: 'hr', title: 'x' }, { key: 'hr', title: 'y' }), 'application "hr" stands in the file twice'],
    [
      aFile(...Array.from({ length: 51 }, (_, index) => ({ key: `a${index}`, title: 'x' }))),
      'there are 51 applications, and 50 is the most',
    ],
  ])('refuse %j as a whole, and say what would be right', async (content, message) => {
    const { scim, err, out } = setUp(content);

    expect(await scim('app', 'apply', 'file.json')).toBe(1);
    expect(err.join('\n')).toContain(message);
    await scim('app', 'list', '--json');
    expect(JSON.parse(out.at(-1) ?? '').applications).toHaveLength(1);
  });

  it('refuse a file that would make too many of them', async () => {
    const { scim, err } = setUp(aFile(...Array.from({ length: 30 }, (_, index) => ({ key: `b${index}`, title: 'x' }))));
    for (let index = 0; index < 30; index += 1) await scim('app', 'create', `a${index}`);

    expect(await scim('app', 'apply', 'file.json')).toBe(1);
    expect(err.at(-1)).toContain('The tenant would have 60 applications, and 50 is the most it may have');
  });

  it('refuse what is no JSON', async () => {
    const { scim, err } = setUp('{"format"');

    expect(await scim('app', 'apply', 'file.json')).toBe(2);
    expect(err.at(-1)).toContain('file.json is no valid JSON');
  });
});
