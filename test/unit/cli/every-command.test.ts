import { describe, expect, it } from '@jest/globals';
import type { Command } from '../../../cli/command.ts';
import { ADMIN_FLAGS } from '../../../cli/target.ts';
import { COMMANDS, ownWords, understand } from '../../support/understand-line.ts';

/** What it prints is for a shell to read. */
const WITHOUT_JSON = ['completion'];

const flagsOf = ({ flags }: Command): readonly string[] => flags.map(({ flags: spelling }) => spelling);

describe.each(COMMANDS.map((command) => [command.name, command] as const))('scim %s', (name, command) => {
  it('takes --json, and whom to administer as all others do', () => {
    const flags = flagsOf(command);
    const admin = ADMIN_FLAGS.map(({ flags: spelling }) => spelling);

    expect(flags.includes('--json')).toBe(!WITHOUT_JSON.includes(name));
    expect(flags.filter((flag) => admin.includes(flag))).toEqual(
      flags.includes('--local') ? admin : flags.filter((flag) => flag === '--json'),
    );
  });

  it('is summed up in a sentence, and its flags in words', () => {
    expect(command.summary).toMatch(/^[A-Z].*\.$/);
    expect(command.flags.filter(({ summary }) => !/^[^A-Z\s]?.*[^.\s]$/.test(summary))).toEqual([]);
  });

  it('has examples, and understands each', async () => {
    const understood = await Promise.all(command.examples.map((example) => understand(ownWords(example))));

    expect(command.examples.length).toBeGreaterThan(0);
    expect(understood).toEqual(command.examples.map(() => name));
  });
});
