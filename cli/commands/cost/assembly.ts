import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import type { Terminal } from '../../terminal.ts';

const ASSEMBLY = 'cdk.out';
const SUFFIX = '.template.json';
/** What templates are made of, beside the tenant files. */
const SOURCES = ['bin', 'lib', 'cdk.json', 'package.json'];

/** Templates by the names of their stacks: of the folder that is named, or of this copy, synthesised where they are missing or old. */
export async function readTemplates(folder: string | undefined, terminal: Terminal): Promise<ReadonlyMap<string, unknown>> {
  if (folder === undefined && (await isStale(terminal.tenantFiles.folder))) await synthesise(terminal);
  const from = folder ?? ASSEMBLY;
  const files = await readdir(from).catch(() => []);
  const templates = files.filter((file) => file.startsWith('scim-') && file.endsWith(SUFFIX)).toSorted();
  if (templates.length === 0) throw new AdminRefusal(`There are no templates in ${from}: "npx cdk synth --output ${from}" writes them.`);
  return new Map(
    await Promise.all(templates.map(async (file) => [file.slice(0, -SUFFIX.length), await readTemplate(from, file)] as const)),
  );
}

async function readTemplate(folder: string, file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(folder, file), 'utf8'));
  } catch (cause) {
    throw new AdminRefusal(`${join(folder, file)} cannot be read as JSON: synthesise it again.`, { cause });
  }
}

async function isStale(tenantsFolder: string): Promise<boolean> {
  const made = await changedAt(join(ASSEMBLY, 'manifest.json'));
  const sources = await Promise.all([...SOURCES, tenantsFolder].map(newestIn));
  return made === 0 || Math.max(...sources) > made;
}

async function newestIn(path: string): Promise<number> {
  const entries = await readdir(path, { recursive: true }).catch(() => []);
  const times = await Promise.all(['', ...entries].map((entry) => changedAt(join(path, entry))));
  return Math.max(...times);
}

/** Milliseconds; 0 for what is not there. */
const changedAt = (path: string): Promise<number> =>
  stat(path).then(
    ({ mtimeMs }) => mtimeMs,
    () => 0,
  );

async function synthesise({ runCdk, say }: Terminal): Promise<void> {
  const logFile = join('dist', 'synth.log');
  say('Synthesising all stacks');
  const { isDone, lastLines } = await runCdk({ words: ['synth', '--quiet', '--output', ASSEMBLY, '--no-color'], logFile });
  if (!isDone) throw new AdminRefusal(['The stacks cannot be synthesised:', ...lastLines, `all of it: ${logFile}`].join('\n'));
}
