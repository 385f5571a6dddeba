import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { loadCatalogue } from '../../../cli/catalogue.ts';
import { bashCompletion } from '../../../cli/completion/bash.ts';
import { nodesOf } from '../../../cli/completion/nodes.ts';
import { quote, quoteForFish } from '../../../cli/completion/quote.ts';
import type { Catalogue } from '../../../cli/groups.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

const scripts = new Map<string, string>();
let catalogue: Catalogue = { single: [], groups: [] };

beforeAll(async () => {
  catalogue = await loadCatalogue();
  for (const shell of ['bash', 'zsh', 'fish']) {
    const { scim, out } = aTerminal();
    await scim(`completion ${shell}`);
    scripts.set(shell, out.join('\n'));
  }
});

/** Runs lines of bash after a completion, in a folder that is not this one. */
function bash(script: string, lines: string): string {
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-c', `${script}\n${lines}`], { cwd: tmpdir(), encoding: 'utf8' });
  return status === 0 ? stdout.trim() : `${status}: ${stderr}`;
}

/** What bash would offer for the last of the words. */
const offered = (script: string, ...words: readonly string[]): string =>
  bash(script, `COMP_WORDS=(${words.map(quote).join(' ')}); COMP_CWORD=${words.length - 1}; _scim; echo "\${COMPREPLY[*]}"`);

describe('completion in bash', () => {
  it.each([
    [['to'], 'token'],
    [['tenant', ''], 'add list show status upgrade --help'],
    [['token', 'cr'], 'create'],
    [['token', 'create', '--sc'], '--scope'],
    [['token', 'create', '--local', '--scope', ''], 'full read events'],
    [['token', 'create', '--name', ''], ''],
    [['token', 'create', '--name', 'x', '--lo'], '--local'],
    [['token', 'list', '--tenant', 'inf'], 'inforsts-tst'],
    [['token', 'list', '--tenant', ''], 'example inforsts-tst'],
    [['completion', ''], 'bash zsh fish --help'],
    [['--v'], '--version'],
    [['nothing', 'such', ''], undefined],
  ])('of %j is "%s"', (words, completion) => {
    const start = offered(scripts.get('bash') ?? '', 'scim', '');

    expect(offered(scripts.get('bash') ?? '', 'scim', ...words)).toBe(completion ?? start);
  });

  it('knows groups within groups', () => {
    const command = { flags: [], summary: '', examples: [], run: async () => {} };
    const ip = { name: 'app', summary: '', parts: [{ name: 'ip', summary: '' }] };
    const commands = ['app show', 'app ip import'].map((name) => ({ ...command, name }));
    const script = bashCompletion(nodesOf({ single: [], groups: [{ ...ip, commands }] }), {
      node: 'n',
      cache: 'c',
      folder: 'f',
      program: 'p',
    });

    expect([offered(script, 'scim', 'app', ''), offered(script, 'scim', 'app', 'ip', '')]).toEqual(['show ip --help', 'import --help']);
  });

  it('makes scim a command that works in any folder, with the data and the tenants of this copy', () => {
    expect(bash(scripts.get('bash') ?? '', 'scim tenant list --json')).toContain('"name":"inforsts-tst"');
  });

  it('leaves a scim that is there alone, and survives a folder of any name', () => {
    const script = bashCompletion(nodesOf(catalogue), { node: '/no', cache: '/no', folder: `/it's "$HOME" here`, program: '/no' });

    expect(bash(`scim() { echo mine; }\n${script}`, 'scim; echo "$_scim_folder"')).toBe(`mine\n/it's "$HOME" here`);
  });
});

describe.each(['bash', 'zsh', 'fish'])('completion in %s', (shell) => {
  it('names every command, flag and choice there is', () => {
    const missing = nodesOf(catalogue).flatMap(({ line, words, flags }) => [
      ...[...words, ...flags].map(({ word }) => word),
      ...flags.flatMap(({ value }) => (value.kind === 'choice' ? value.choices : [])),
      line,
    ]);

    const plain = shell === 'fish' ? (scripts.get(shell) ?? '').replaceAll('-l ', '--') : (scripts.get(shell) ?? '');
    expect(missing.filter((word) => !plain.includes(word))).toEqual([]);
  });
});

describe('a word of the shell', () => {
  it('keeps its quotes', () => {
    expect(bash('', `printf %s ${quote(`it's "$HOME" \\`)}`)).toBe(`it's "$HOME" \\`);
    expect(quoteForFish(`it's \\`)).toBe(`'it\\'s \\\\'`);
  });
});

describe('scim completion', () => {
  it('takes a shell it knows', async () => {
    const { scim, err } = aTerminal();

    expect(await scim('completion tcsh')).toBe(2);
    expect(err.join('')).toMatch(/Allowed choices are bash, zsh, fish/);
  });
});
