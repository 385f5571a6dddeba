import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../cli/program.ts';
import { processTerminal } from '../../cli/terminal.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

/** Runs the command with this on standard input. */
async function run(dataFolder: string, line: string, input = '') {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    ...processTerminal(),
    dataFolder,
    readInput: async () => input,
    print: (text: string) => out.push(text),
    say: (text: string) => err.push(text),
  };
  const status = await runCommandLine([...line.split(' '), '--local'], terminal);
  return { status, out, all: [...out, ...err].join('\n') };
}

describe('scim test-connection on this machine', () => {
  it('is green with what was printed and with a client of OAuth 2.0, and red with another secret', async () => {
    await using folder = await temporaryFolder();
    const server = await startLocalServer(folder.path);
    const test = (input: string, flags = '') => run(folder.path, `test-connection --token-stdin${flags}`, input);

    const { client, clientSecret } = JSON.parse((await run(folder.path, 'client create --json')).out.join(''));
    const exchanged = await test(clientSecret, ` --client-id ${client.clientId}`);
    const token = await test(server.token ?? '');
    const mistaken = await test(server.token ?? '', ` --client-id ${client.clientId}`);
    await server.end('SIGTERM');

    expect(token.all).toMatch(/ok +users +200, an empty list\nok +groups +200, an empty list\nTest Connection would be green\.$/);
    expect(exchanged.all).toMatch(/ok +access token +good for 60 minutes\n.*\n.*\nTest Connection would be green\.$/);
    expect(mistaken.all).toMatch(/WRONG +access token +401 invalid_client/);
    expect([token.status, exchanged.status, mistaken.status]).toEqual([0, 0, 1]);
  }, 30_000);
});
