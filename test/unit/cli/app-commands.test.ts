import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import { aTerminal } from '../../support/admin-terminal.ts';
import { aSchema, aType, DEVICE } from '../scim/schema/custom/files.ts';

const FILES = { 'device.json': JSON.stringify([aSchema(DEVICE), aType('Device', DEVICE)]) };

function setUp() {
  const { terminal, out, err } = aTerminal({ files: FILES });
  const scim = (...words: readonly string[]) => runCommandLine(words, terminal);
  const set = (...assignments: readonly string[]) => scim('app', 'set', '--local', '--json', '--set', ...assignments);
  return { out, err, scim, set };
}

const [ADA, EVE] = ['01890a5d-ac96-774b-bcce-b302099a8057', '01890a5d-ac96-774b-bcce-b302099a8058'];
const policyIn = (out: readonly string[]) => JSON.parse(out.at(-1) ?? '').application.policy;

describe('scim app set', () => {
  it('takes JSON and plain text, for a setting or an entry of it', async () => {
    const { set, out } = setUp();

    expect(await set('resourceTypes=["User"]', 'unknownMembers=ignore', 'features.remove=ignore', `me.ab12=${ADA}`, `me.cd34=${EVE}`)).toBe(
      0,
    );
    expect(policyIn(out)).toMatchObject({
      resourceTypes: ['User'],
      unknownMembers: 'ignore',
      features: { read: 'on', remove: 'ignore' },
      me: { ab12: ADA, cd34: EVE },
    });
    expect(await set('me.ab12=null', 'unknownMembers=null')).toBe(0);
    expect(policyIn(out)).toMatchObject({ unknownMembers: 'refuse', me: { cd34: EVE } });
  });

  it.each([[['me=null', 'me.ab12=u1']], [['me.ab12=u1', 'me=null']], [['features=ignore', 'features.remove=refuse']]])(
    'does not guess which of %j counts',
    async (assignments) => {
      const { set, err } = setUp();

      expect(await set(...assignments)).toBe(2);
      expect(err.join()).toContain('is set as a whole and by its entries');
    },
  );

  it.each([
    ['resourceTypes=["Users"]', 'setting "resourceTypes": there is no resource type "Users"; did you mean "User"?'],
    ['resourceTypes=["User","Device"]', 'there is no resource type "Device"; there are User, Group'],
    ['patchAnswer.Person=noContent', 'setting "patchAnswer": there is no resource type "Person"'],
    ['resourceTypes=[1]', 'setting "resourceTypes" must be "all" or a list of names'],
    ['unknownMember=ignore', 'unknown setting "unknownMember"'],
  ])('refuses %s', async (assignment, words) => {
    const { set, err } = setUp();

    expect(await set(assignment)).toBe(1);
    expect(err.join()).toContain(words);
  });

  it('knows resource types that were applied', async () => {
    const { scim, set, out } = setUp();
    await scim('schema', 'apply', 'device.json', '--local');

    expect(await set('resourceTypes=["Device"]', 'patchAnswer.Device=noContent')).toBe(0);
    expect(policyIn(out)).toMatchObject({ resourceTypes: ['Device'], patchAnswer: { Device: 'noContent' } });
    expect(await set('patchAnswer.Gone=null')).toBe(0);
  });

  it.each([[[]], [['--set', 'me']], [['--set', 'a.b.c=1']], [['--preset', 'none']]])('does not understand %j', async (words) => {
    expect(await setUp().scim('app', 'set', '--local', ...words)).toBe(2);
  });
});

describe('scim app show', () => {
  it('prints settings as --set takes them', async () => {
    const { scim, out, err } = setUp();

    expect(await scim('app', 'show', '--local')).toBe(0);
    expect(out.join('\n')).toMatch(/\nSETTING +VALUE\nresourceTypes +all\nfeatures\.create +on\n/);
    expect(err.join()).toContain('Application default');
  });
});
