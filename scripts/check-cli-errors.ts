/**
 * Names each error message of the commands, and of what stands between them and AWS, that no test of theirs sees: runs
 * those tests with coverage, and looks up the places where a refusal is made.
 *
 *   npm run cli:errors
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { type FileCoverage, unseenIn } from './cli-errors/unseen.ts';

const SUITES = [
  'test/unit/cli',
  'test/unit/aws/deployed-admin',
  'test/unit/aws/insights-log',
  'test/unit/runtime/local-log',
  'test/unit/runtime/admin-client',
  'test/handlers/directory-commands',
  'test/handlers/event-commands',
  'test/handlers/purge',
  'test/faults/purge',
  'test/local/doctor',
  'test/local/restore',
];
const COVERED = [
  'cli/**/*.ts',
  'src/aws/{admin-function,deployed-admin,explain-failure,stack,log-groups,insights-query}.ts',
  'src/runtime/{admin-client,local-log}.ts',
];

const folder = mkdtempSync(join(tmpdir(), 'cli-errors-'));
try {
  const coverage = runSuites();
  const files = Object.values(coverage).toSorted((a, b) => a.path.localeCompare(b.path));
  const unseen = files.flatMap((file) =>
    unseenIn(readFileSync(file.path, 'utf8'), file).map(({ line, text }) => `${relative('.', file.path)}:${line}: ${text}`),
  );
  for (const place of unseen) console.error(`no test sees this message: ${place}`);
  console.log(`messages of commands: ${unseen.length} unseen, in ${files.length} files`);
  process.exitCode = unseen.length === 0 && files.length > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function runSuites(): Readonly<Record<string, FileCoverage>> {
  const flags = ['--coverage', '--coverageProvider=v8', '--coverageReporters=json', `--coverageDirectory=${folder}`];
  const covered = COVERED.map((pattern) => `--collectCoverageFrom=${pattern}`);
  const { status, stderr } = spawnSync('jest', [...SUITES, ...flags, ...covered], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  if (status !== 0) throw new Error(`The tests of the commands fail:\n${stderr}`);
  return JSON.parse(readFileSync(join(folder, 'coverage-final.json'), 'utf8'));
}
