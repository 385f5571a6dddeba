/**
 * Synthesises the stacks of test/infra/shapes twice, which must come out the same, and has cfn-lint judge the templates.
 * The first run installs cfn-lint into .cfn-lint/.
 */
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CannotRun } from './python/cannot-run.ts';
import { installPackages } from './python/environment.ts';
import { runProgram } from './python/run-program.ts';

const FOLDER = fileURLToPath(new URL('../.cfn-lint', import.meta.url));
const REQUIREMENTS = fileURLToPath(new URL('./lint-templates/requirements.txt', import.meta.url));
const SHAPES = join('test', 'infra', 'shapes');
const PATIENCE = { timeoutSeconds: 300, signal: new AbortController().signal };

/** The CDK writes out that a function depends on its role, which the reference to it says already. */
const IGNORED = ['W3005'];

type Templates = Readonly<Record<string, string>>;

async function main(): Promise<number> {
  const programs = await installPackages({ folder: FOLDER, requirements: REQUIREMENTS }, { say: console.error, signal: PATIENCE.signal });
  const [one, other] = [await synthesise('one'), await synthesise('other')];
  const differing = Object.keys({ ...one, ...other }).filter((file) => one[file] !== other[file]);
  for (const file of differing) console.log(`${file}: came out otherwise the second time`);
  const found = await lint(join(programs, 'cfn-lint'), Object.keys(one));
  console.log(`${Object.keys(one).length} templates, ${differing.length} not the same twice, ${found} findings`);
  return differing.length + found === 0 ? 0 : 1;
}

async function synthesise(name: string): Promise<Templates> {
  const output = join(FOLDER, name);
  rmSync(output, { recursive: true, force: true });
  const words = ['cdk', 'synth', '--quiet', '--output', output];
  const { code, output: said } = await runProgram('npx', words, { ...PATIENCE, variables: { TENANTS_DIR: SHAPES } });
  if (code !== 0) throw new CannotRun(said.trim());
  const files = readdirSync(output).filter((file) => file.endsWith('.template.json'));
  if (files.length !== readdirSync(SHAPES).length)
    throw new CannotRun(`${files.length} templates came of ${SHAPES}: not one for each file.`);
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(output, file), 'utf8')]));
}

async function lint(program: string, files: readonly string[]): Promise<number> {
  const words = ['--format', 'parseable', '--ignore-checks', ...IGNORED, '--'];
  const { code, stdout, output } = await runProgram(program, [...words, ...files], { ...PATIENCE, folder: join(FOLDER, 'one') });
  const findings = stdout.split('\n').filter((line) => line.includes('.template.json:'));
  if (code !== 0 && findings.length === 0) throw new CannotRun(output.trim());
  for (const finding of findings) console.log(finding);
  return findings.length;
}

process.exitCode = await main().catch((error: unknown) => {
  if (!(error instanceof CannotRun)) throw error;
  console.error(error.message);
  return 2;
});
