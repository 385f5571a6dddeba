import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Fence, fencesOf, type Page } from '../../scripts/docs/markdown.ts';
import type { Json } from '../../src/scim/json.ts';
import { differenceOf, missingLineOf } from './match-answer.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const LOCAL = 'run: local';
const SEPARATOR = '--- end of block ---';

export const isShell = ({ language }: Fence): boolean => language === 'sh';
export const isRunnable = (fence: Fence): boolean => isShell(fence) && fence.mark === LOCAL;

/** Says whether a shell block declares what becomes of it: run, or not, and then why. */
export const isMarked = ({ mark = '' }: Fence): boolean => mark === LOCAL || /^run: never \(.+\)$/.test(mark);

/**
 * What a reader does and the test has done already: everything is installed, or it would not run; the server is started
 * on a free port; its URL and token, which the reader copies from the terminal, are in the environment.
 */
const DONE = [/^npm ci( && npm start)?$/, /^npm start$/, /^(TENANT_URL|TOKEN)=/];

const withoutDone = (block: string): string =>
  block
    .split('\n')
    .map((line) => (DONE.some((done) => done.test(line)) ? ':' : line))
    .join('\n');

/**
 * Runs the page's blocks in one shell, from top to bottom, and compares the answers it shows. What is in the way of a
 * reader comes back as words; nothing comes back if the page does what it says.
 */
export async function runPage(page: Page, variables: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const fences = fencesOf(page);
  const blocks = fences.filter(isRunnable);
  const { status, outputs } = await runBlocks(blocks, variables);
  const failed = status === 0 ? undefined : blocks[outputs.length - 1];
  if (failed) return [`${page.file}:${failed.line}: the block ends with status ${status}:\n${outputs.at(-1)}`];
  return blocks.flatMap((block, index) => {
    const answer = fences[fences.indexOf(block) + 1];
    const difference = answer?.mark === 'answer' ? compare(answer, outputs[index] ?? '') : undefined;
    return difference === undefined ? [] : [`${page.file}:${answer?.line}: ${difference}. It was:\n${outputs[index]}`];
  });
}

/** Both streams come in one, as in a terminal. */
async function runBlocks(blocks: readonly Fence[], variables: Readonly<Record<string, string>>) {
  const script = ['set -eu -o pipefail', ...blocks.map(({ text }) => `${withoutDone(text)}\necho; echo '${SEPARATOR}'`)].join('\n');
  const child = spawn('bash', ['-c', `exec 2>&1\n${script}`], {
    cwd: ROOT,
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(child, 'close');
  const outputs = Buffer.concat(chunks).toString('utf8').split(`${SEPARATOR}\n`);
  return { status: child.exitCode, outputs: child.exitCode === 0 ? outputs.slice(0, -1) : outputs };
}

function compare({ language, text }: Fence, output: string): string | undefined {
  if (language !== 'json') return missingLineOf(text, output);
  const line = output.split('\n').findLast((candidate) => candidate.startsWith('{'));
  const shown: Json = JSON.parse(text);
  return line === undefined ? 'the block printed no JSON' : differenceOf(shown, JSON.parse(line));
}
