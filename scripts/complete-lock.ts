/**
 * Completes package-lock.json so that `npm ci` works on every platform.
 *
 * Where the registry at hand lacks a package's builds for other platforms, npm leaves them out of the lock file,
 * and `npm ci` then refuses it. This adds each missing optional build by name, version and platform; npm skips
 * those that do not fit the machine. It also drops `engines` from the entries: npm would compare them with the
 * Node that runs npm, while everything here runs on the Node of the `node` package; and `resolved`, so that each
 * machine asks its own registry.
 *
 * Run after every change of dependencies: `npm install && npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

type Entry = {
  version?: string;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  engines?: unknown;
  resolved?: string;
  optionalDependencies?: Record<string, string>;
};
type Lock = { packages: Record<string, Entry> };

const FILE = new URL('../package-lock.json', import.meta.url);
const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32', 'aix'];
const PROCESSORS = ['arm64', 'arm', 'ia32', 'x64', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32'];
const ALIASES: Record<string, string> = { windows: 'win32', macos: 'darwin', x86_64: 'x64', aarch64: 'arm64' };

/** Reads system, processor and C library off a name such as `@swc/core-linux-x64-musl`. */
function platformOf(name: string): Pick<Entry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[-/]/).map((word) => ALIASES[word] ?? word);
  const system = words.find((word) => SYSTEMS.includes(word));
  const processor = words.find((word) => PROCESSORS.includes(word));
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') && system === 'linux' ? 'glibc' : undefined;
  return {
    ...(system === undefined ? {} : { os: [system] }),
    cpu: [processor ?? 'wasm32'],
    ...(libc === undefined ? {} : { libc: [libc] }),
  };
}

/** Says whether `parent` finds `name` in the lock by npm's nesting rule: its own folder first, then each one above. */
function isLocked(packages: Lock['packages'], parent: string, name: string): boolean {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('node_modules') - 1))) {
    const path = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[path] !== undefined) return true;
    if (folder === '') return false;
  }
}

const lock = JSON.parse(readFileSync(FILE, 'utf8')) as Lock;
let added = 0;
for (const [parent, entry] of Object.entries(lock.packages)) {
  delete entry.engines;
  delete entry.resolved;
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(lock.packages, parent, name)) continue;
    lock.packages[`node_modules/${name}`] = { version: range.replace(/^[\^~]/, ''), optional: true, ...platformOf(name) };
    added += 1;
  }
}
const { '': root, ...rest } = lock.packages;
const sorted = Object.fromEntries(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
lock.packages = { ...(root === undefined ? {} : { '': root }), ...sorted };
writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`package-lock.json: ${added} builds for other platforms added`);
