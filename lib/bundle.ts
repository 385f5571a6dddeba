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
  plugins: [builtinModulesOnDemand, packageVersionsOnly, sdkReplacements('all')],
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
  rmSync(into, { recursive: true, force: true });
  const handlerOf = (name: FunctionName): string => join(from, name, 'handler.ts');
  const whole = FUNCTIONS.filter((name) => name !== ADMIN).map((name) => ({ out: `${name}/index`, in: handlerOf(name) }));
  try {
    const requests = await build({ ...BUNDLE_OPTIONS, entryPoints: whole, outdir: into, outExtension: { '.js': '.mjs' } });
    const alone = { entryPoints: [{ out: 'index', in: handlerOf(ADMIN) }], outdir: join(into, ADMIN) };
    const admin = await build({ ...BUNDLE_OPTIONS, ...IN_PARTS, ...alone });
    return {
      inputs: { ...requests.metafile.inputs, ...admin.metafile.inputs },
      outputs: { ...requests.metafile.outputs, ...admin.metafile.outputs },
    };
  } catch (error) {
    throw new BundleError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Every act is rare by itself: the function starts with what all of them need, and loads the rest of the one it is asked for. */
const IN_PARTS = {
  splitting: true,
  chunkNames: 'part-[hash]',
  outExtension: { '.js': '.mjs' },
  plugins: [builtinModulesOnDemand, packageVersionsOnly, sdkReplacements('as found')],
} as const satisfies BuildOptions;
