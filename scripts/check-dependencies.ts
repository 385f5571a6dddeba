/**
 * Holds every import against the rules in .dependency-cruiser.cjs and prints what to do about each that breaks one.
 *
 * Fails, too, when it sees suspiciously few modules: without a compiler it knows, dependency-cruiser would read none
 * of the TypeScript and find nothing wrong.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const FOLDERS = ['src', 'lambdas', 'lib', 'bin', 'cli', 'local', 'test', 'bench', 'examples'].filter((folder) => existsSync(folder));
const FEWEST_MODULES = 150;

type Cruise = {
  readonly modules: readonly unknown[];
  readonly summary: {
    readonly violations: readonly { readonly from: string; readonly to: string; readonly rule: { readonly name: string } }[];
    readonly ruleSetUsed: { readonly forbidden: readonly { readonly name: string; readonly comment: string }[] };
  };
};

const { stdout, stderr, error } = spawnSync('depcruise', ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', ...FOLDERS], {
  encoding: 'utf8',
  maxBuffer: 256 * 1024 * 1024,
});
if (error !== undefined || stdout === '') {
  console.error(stderr || error?.message);
  process.exit(2);
}
const { modules, summary } = JSON.parse(stdout) as Cruise;
for (const { from, to, rule } of summary.violations) {
  const advice = summary.ruleSetUsed.forbidden.find(({ name }) => name === rule.name)?.comment ?? '';
  console.error(`${rule.name}: ${from} imports ${to}. ${advice}`);
}
const own = modules.length;
if (own < FEWEST_MODULES) console.error(`only ${own} modules were seen; is @swc/core installed?`);
console.log(`dependency rules: ${own} modules, ${summary.violations.length} violations`);
process.exit(summary.violations.length > 0 || own < FEWEST_MODULES ? 1 : 0);
