import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

const tag = (name: string, addressPrefixes: readonly string[]) => ({ name, id: name, properties: { changeNumber: 26, addressPrefixes } });

const FILE = JSON.stringify({
  changeNumber: 374,
  cloud: 'Public',
  values: [
    tag('AzureAD', []),
    tag('AzureActiveDirectory', [
      '20.190.128.0/19',
      '20.190.160.0/19',
      '20.190.129.0/24',
      '203.0.113.7/32',
      '2603:1006:2000::/48',
      '2603:1006:2001::/48',
    ]),
    tag('AzureActiveDirectory.ServiceEndpoint', ['198.51.100.0/24']),
    tag('Broken', ['203.0.113.0/24', '203.0.113.0/40']),
  ],
});

function setUp() {
  const { terminal, out, err, lines } = aTerminal({ files: { 'tags.json': `\ufeff${FILE}`, 'other.json': '{"values":"none"}' } });
  const ip = (...words: readonly string[]) => runCommandLine(['app', 'ip', ...words, '--local'], terminal);
  const set = (assignment: string) => runCommandLine(['app', 'set', '--set', assignment, '--local'], terminal);
  const listed = async () => {
    await ip('list', '--json');
    return JSON.parse(out.at(-1) ?? '').ipRanges;
  };
  return { ip, set, listed, out, err, lines };
}

describe('scim app ip', () => {
  it('knows a range again that "app set" or a file has written in another form', async () => {
    const { ip, set, listed, out } = setUp();
    expect(await set('ipRanges=["2001:DB8:0::/48","203.0.113.7/32","203.0.113.7"]')).toBe(0);

    expect(await listed()).toEqual(['2001:db8::/48', '203.0.113.7']);
    expect(await ip('add', '2001:db8::/48')).toBe(0);
    expect(out.at(-2)).toContain('Added 0 and removed 0: application default had 2 ranges, and has 2 ranges.');
    expect(await ip('remove', '2001:DB8::/48')).toBe(0);
    expect(await listed()).toEqual(['203.0.113.7']);
  });

  it('adds, lists and removes ranges, each in one form and none twice', async () => {
    const { ip, listed, out } = setUp();

    expect(await ip('add', '203.0.113.7/32,2001:DB8:0::/48')).toBe(0);
    expect(await ip('add', '203.0.113.7,198.51.100.0/24')).toBe(0);
    expect(out).toContain('Added 1 and removed 0: application default had 2 ranges, and has 3 ranges.');
    expect(await listed()).toEqual(['203.0.113.7', '2001:db8::/48', '198.51.100.0/24']);
    expect(await ip('remove', '2001:db8::/48,198.51.100.0/24')).toBe(0);
    await ip('list');

    expect(out.at(-1)).toBe('203.0.113.7');
  });

  it('says that without a range everybody may call', async () => {
    const { ip, out, err } = setUp();
    await ip('add', '203.0.113.7');

    await ip('remove', '203.0.113.7');
    await ip('list');

    expect(out.at(-1)).toBe('Without a range, requests are taken from everywhere.');
    expect(err.at(-1)).toBe('Application default takes requests from everywhere.');
  });

  it('imports the addresses of Entra ID, joined, beside those there are', async () => {
    const { ip, listed, out, err } = setUp();
    await ip('add', '192.0.2.1');

    expect(await ip('import', 'tags.json')).toBe(0);

    expect(err.at(-1)).toBe('AzureActiveDirectory has 6 ranges in tags.json; 3 where those that touch or hold each other are joined.');
    expect(out.slice(-2)).toEqual([
      'Added 3 and removed 0: application default had 1 range, and has 4 ranges.',
      'Requests from anywhere else are refused; this is followed within 30 seconds.',
    ]);
    expect(await listed()).toEqual(['192.0.2.1', '20.190.128.0/18', '203.0.113.7', '2603:1006:2000::/47']);
  });

  it('imports another tag in place of those there are', async () => {
    const { ip, listed } = setUp();
    await ip('add', '192.0.2.1');

    expect(await ip('import', 'tags.json', '--tag', 'AzureActiveDirectory.ServiceEndpoint', '--replace')).toBe(0);

    expect(await listed()).toEqual(['198.51.100.0/24']);
  });

  it('changes nothing in a dry run, and leaves a line of it', async () => {
    const { ip, listed, out, lines } = setUp();

    expect(await ip('import', 'tags.json', '--dry-run')).toBe(0);

    expect(out.at(-1)).toBe('Nothing has been changed.');
    expect(out).toContain('Would add 3 and remove 0: application default had 0 ranges, and would have 3 ranges.');
    expect(lines.at(-1)).toMatchObject({
      act: 'app.ip.add',
      application: 'default',
      counts: { added: 3, removed: 0 },
      dryRun: true,
      outcome: 'done',
    });
    expect(await listed()).toEqual([]);
  });

  it.each([
    [['add', 'example.com'], 1, '"example.com" is no range: write an IPv4 or IPv6 address'],
    [['add', '203.0.113.7/24'], 1, 'write 203.0.113.0/24 for the range, or 203.0.113.7 for the one address'],
    [['add', '203.0.113.0/40'], 1, 'it must be a whole number from 0 to 32'],
    [['add', '192.0.2.1', '--app', 'nobody'], 1, 'There is no application "nobody"'],
    [['add', '192.0.2.1', '--app', 'No One'], 1, 'application of app.ip.add must be 1 to 64 lower-case letters'],
    [['remove', '192.0.2.9'], 1, '192.0.2.9 is none of the application\'s ranges; "scim app ip list" shows those that are.'],
    [['remove', '20.190.129.0/24'], 1, "20.190.129.0/24 is none of the application's ranges; 20.190.128.0/18 is, which holds it."],
    [['import', 'absent.json'], 2, 'absent.json cannot be read: there is no such file'],
    [['import', 'other.json'], 2, 'This is no service tags file'],
    [
      ['import', 'tags.json', '--tag', 'AzureActiveDirectori'],
      2,
      'no service tag "AzureActiveDirectori"; did you mean "AzureActiveDirectory"?',
    ],
    [['import', 'tags.json', '--tag', 'Sql'], 2, 'The file has no service tag "Sql".'],
    [['import', 'tags.json', '--tag', 'AzureAD'], 2, 'The service tag "AzureAD" has no addresses in this file.'],
    [['import', 'tags.json', '--tag', 'Broken'], 1, '"203.0.113.0/40" has no valid prefix length'],
  ])('refuses %j and says what would be right', async (words, exitCode, message) => {
    const { ip, listed, err } = setUp();
    await ip('import', 'tags.json');
    const before = await listed();

    expect(await ip(...words)).toBe(exitCode);

    expect(err.at(-1)).toContain(message);
    expect(await listed()).toEqual(before);
  });

  it('refuses more ranges than an application takes', async () => {
    const { ip, err } = setUp();
    const many = (from: number) =>
      Array.from({ length: 3_000 }, (_, index) => `10.${(from + index) >> 8}.${(from + index) & 255}.1`).join(',');
    await ip('add', many(0));

    expect(await ip('add', many(3_000))).toBe(1);

    expect(err.at(-1)).toContain('That would be 6000 ranges, and an application takes 5000 at most');
  });
});
