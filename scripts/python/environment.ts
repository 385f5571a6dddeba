import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CannotRun } from './cannot-run.ts';
import { type Finished, runProgram } from './run-program.ts';

const OLDEST = '3.10';
const IS_NEW_ENOUGH = `import sys; sys.exit(sys.version_info < (${OLDEST.replace('.', ', ')}))`;
const INSTALL_SECONDS = 600;

type Progress = { readonly say: (line: string) => void; readonly signal: AbortSignal };

type Wanted = {
  /** Gets the virtual environment, as its folder `python`. */
  readonly folder: string;
  /** A file in pip's format, each package at one version. */
  readonly requirements: string;
};

/**
 * Installs Python packages into a virtual environment of their own, unless these very versions are there, and returns the
 * folder of their programs.
 *
 * @throws {CannotRun} there is no Python that could, or the packages cannot be had
 */
export async function installPackages({ folder, requirements }: Wanted, progress: Progress): Promise<string> {
  const environment = join(folder, 'python');
  const stamp = join(environment, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  const programs = join(environment, 'bin');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return programs;
  progress.say('installing Python packages (once, and after a change of requirements.txt)');
  const python = await findPython(progress);
  rmSync(environment, { recursive: true, force: true });
  await attempt(python, ['-m', 'venv', environment], NO_ENVIRONMENT, progress);
  await attempt(join(programs, 'python'), [...PIP, '-r', requirements], NO_PACKAGES, progress);
  writeFileSync(stamp, wanted);
  return programs;
}

const PIP = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
const NO_ENVIRONMENT = 'Python could not make a virtual environment; on Debian and Ubuntu, install python3-venv.';
const NO_PACKAGES = 'pip could not install the packages; it needs a package index, PyPI or the one it is set up for.';

async function findPython(progress: Progress): Promise<string> {
  const candidates = [process.env['PYTHON'] || 'python3', 'python'];
  for (const candidate of candidates) {
    if (await isNewEnough(candidate, progress)) return candidate;
  }
  throw new CannotRun(`This needs Python ${OLDEST} or later: install it, or name the program in PYTHON.`);
}

const isNewEnough = (python: string, { signal }: Progress): Promise<boolean> =>
  runProgram(python, ['-c', IS_NEW_ENOUGH], { timeoutSeconds: 30, signal }).then(
    ({ code }) => code === 0,
    (error: unknown) => {
      signal.throwIfAborted();
      if (error instanceof Error && 'code' in error) return false;
      throw error;
    },
  );

async function attempt(program: string, words: readonly string[], complaint: string, { signal }: Progress): Promise<Finished> {
  const finished = await runProgram(program, words, { timeoutSeconds: INSTALL_SECONDS, signal });
  if (finished.code !== 0) throw new CannotRun(`${complaint}\n${finished.output.trim()}`);
  return finished;
}
