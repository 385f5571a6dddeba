/**
 * Does what the tutorial says, as a reader does who has nothing yet: clones the last commit, installs, starts, and asks what
 * Test Connection asks. Prints what each command took; fails when the answer is not green, or when it took too long.
 *
 *   npm run tutorial
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openRepository } from './docs/repository.ts';
import { commandsOf, PLACEHOLDER } from './tutorial/commands.ts';
import { endShell, printedUntil, spawnInShell } from './tutorial/shell.ts';

const ROOT = join(import.meta.dirname, '..');
const PAGE = 'docs/tutorial/test-connection.md';
const MOST_COMMANDS = 4;
const INSTALL_SECONDS = 90;
const ALL_SECONDS = 600;

const began = performance.now();
const secondsSince = (start: number): number => (performance.now() - start) / 1_000;

async function main(): Promise<void> {
  const [clone = '', install = '', start = '', ask = '', ...others] = commandsOf(openRepository(ROOT).page(PAGE));
  if (ask === '' || others.length > 0) throw new Error(`${PAGE} has to come to a green Test Connection in ${MOST_COMMANDS} commands.`);
  const folder = await mkdtemp(join(tmpdir(), 'scim-tutorial-'));
  try {
    await run(clone.replace(PLACEHOLDER, ROOT), folder);
    const cloned = join(folder, 'serverless-scim');
    if ((await run(install, cloned)) > INSTALL_SECONDS) throw new Error(`"${install}" may take ${INSTALL_SECONDS} s at most.`);
    await serveAndAsk(start, ask, cloned);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  const seconds = secondsSince(began);
  console.log(`from clone to green: ${seconds.toFixed(1)} s, ${MOST_COMMANDS} commands`);
  if (seconds > ALL_SECONDS) throw new Error(`It may take ${ALL_SECONDS} s at most.`);
}

/** The server goes on running, and is ended whatever comes of the question; the token is what it has printed. */
async function serveAndAsk(start: string, ask: string, folder: string): Promise<void> {
  const started = performance.now();
  const server = spawnInShell(start, folder);
  try {
    const printed = await printedUntil(server, 'Stop: ');
    const token = /^Secret Token +(\S+)$/m.exec(printed)?.[1];
    if (token === undefined) throw new Error(`"${start}" printed no token:\n${printed}`);
    tell(start, secondsSince(started));
    await run(`${ask} --token-stdin`, folder, token);
  } finally {
    await endShell(server);
  }
}

/** @returns how many seconds it took */
async function run(command: string, folder: string, input = ''): Promise<number> {
  const started = performance.now();
  const child = spawnInShell(command, folder);
  child.stdin?.end(input);
  const printed = await printedUntil(child);
  if (child.exitCode !== 0) throw new Error(`"${command}" ends with status ${child.exitCode}:\n${printed}`);
  const seconds = secondsSince(started);
  tell(command, seconds);
  return seconds;
}

const tell = (command: string, seconds: number): void => console.log(`${seconds.toFixed(1).padStart(6)} s  ${command}`);

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
