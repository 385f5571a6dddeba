import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build, type Metafile } from 'esbuild';
import { ADMIN, CATCH_ALL, type FunctionName, ROUTES, STREAM, SWEEPER } from '../src/runtime/routes.ts';
import { builtinModulesOnDemand, packageVersionsOnly, sdkReplacements } from './bundle-plugins.ts';

export const FUNCTIONS: readonly FunctionName[] = [...ROUTES.map((route) => route.function), CATCH_ALL, ADMIN, STREAM, SWEEPER];

/** What Lambda runs, with the SDK included as far as it is used: leaving it to the runtime's copy costs 30 to 60 ms a start. */
export const BUNDLE_OPTIONS = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node24',
  mainFields: ['module', 'main'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'silent',
  plugins: [builtinModulesOnDemand, packageVersionsOnly, sdkReplacements],
} as const satisfies BuildOptions;

/** A handler that cannot be bundled; the message says which, and where it fails. */
export class BundleError extends Error {
  override readonly name = 'BundleError';
}

export interface BundleProps {
  /** Folder with one folder per function, each with its `handler.ts`. */
  readonly from: string;
  /** Folder that gets one folder per function, each with its `index.mjs`; what it held goes. */
  readonly into: string;
}

/** @throws {BundleError} */
export async function bundleHandlers({ from, into }: BundleProps): Promise<Metafile> {
  const entryPoints = FUNCTIONS.map((name) => ({ out: `${name}/index`, in: join(from, name, 'handler.ts') }));
  rmSync(into, { recursive: true, force: true });
  try {
    const { metafile } = await build({ ...BUNDLE_OPTIONS, entryPoints, outdir: into, outExtension: { '.js': '.mjs' } });
    return metafile;
  } catch (error) {
    throw new BundleError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}
