import { describe, expect, it } from '@jest/globals';
import { Command as Commander } from 'commander';
import * as z from 'zod/mini';
import { addGroup } from '../../../cli/build-program.ts';
import { type Command, defineCommand } from '../../../cli/command.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

const aCommand = (name: string, ran: string[] = []): Command =>
  defineCommand({
    name,
    summary: `Do ${name}.`,
    flags: [{ flags: '--json', summary: 'print the result as JSON' }],
    examples: [`scim ${name} --json`],
    options: z.object({ json: z.optional(z.literal(true)) }),
    run: async () => void ran.push(name),
  });

function aProgram() {
  const [ran, out]: [string[], string[]] = [[], []];
  const program = new Commander('scim').exitOverride().configureOutput({ writeOut: (text) => out.push(text), writeErr: () => {} });
  const app = { name: 'app', summary: 'Applications.', parts: [{ name: 'ip', summary: 'Address ranges.' }] };
  const commands = ['app show', 'app ip import', 'app ip list'].map((name) => aCommand(name, ran));
  addGroup(app, commands, { parent: program, terminal: aTerminal().terminal });
  return { ran, out, parse: (line: string) => program.parseAsync(line.split(' '), { from: 'user' }) };
}

describe('a group of commands', () => {
  it.each(['app show', 'app ip import', 'app ip list'])('runs "%s", however many words it has', async (line) => {
    const { parse, ran } = aProgram();

    await parse(line);

    expect(ran).toEqual([line]);
  });

  it('lists the groups within it by their summary, and not their commands', async () => {
    const { parse, out } = aProgram();

    await expect(parse('app --help')).rejects.toMatchObject({ exitCode: 0 });

    expect(out.join('')).toMatch(/show \[options\] +Do app show\.\n +ip +Address ranges\./);
    expect(out.join('')).not.toMatch(/ {2}import \[options\]/);
  });

  it('shows examples of the commands within a group within it', async () => {
    const { parse, out } = aProgram();

    await expect(parse('app ip --help')).rejects.toMatchObject({ exitCode: 0 });

    expect(out.join('')).toContain('$ npm run scim -- app ip import --json');
    expect(out.join('')).not.toContain('app show');
  });
});
