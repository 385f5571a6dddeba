import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { dirname } from 'node:path';
import type { Plugin } from 'esbuild';
import { SDK_REPLACEMENTS } from './sdk-replacements.ts';

/**
 * Gets Node's own modules by `process.getBuiltinModule` instead of an import.
 *
 * An ES import of `node:http` reads every property of that module, and with them loads the whole of fetch, which no
 * handler uses: 30 to 50 ms of each start. Here each name is read on its own, and those that nothing uses are dropped.
 * A `require` or a dynamic import wants the module as a whole, and gets it as it is.
 */
export const builtinModulesOnDemand: Plugin = {
  name: 'builtin-modules-on-demand',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^[\w:/]+$/ }, ({ path, kind }) =>
      isBuiltin(path)
        ? { path, namespace: kind === 'import-statement' ? 'builtin-names' : 'builtin-whole', sideEffects: false }
        : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'builtin-whole' }, ({ path }) => ({ contents: `module.exports = ${getting(path)};` }));
    onLoad({ filter: /.*/, namespace: 'builtin-names' }, ({ path }) => ({ contents: namesOneByOne(path) }));
  },
};

const getting = (path: string): string => `process.getBuiltinModule(${JSON.stringify(path)})`;

function namesOneByOne(path: string): string {
  const names = Object.keys(process.getBuiltinModule(path) ?? {}).filter((name) => name !== 'default');
  return [
    `const builtin = /* @__PURE__ */ ${getting(path)};`,
    'const get = (name) => builtin[name];',
    ...names.map((name, index) => `const $${index} = /* @__PURE__ */ get(${JSON.stringify(name)});`),
    `export { ${['builtin as default', ...names.map((name, index) => `$${index} as ${name}`)].join(', ')} };`,
  ].join('\n');
}

/**
 * Puts short stand-ins in the place of SDK modules. A build that demands all of them fails when it no longer finds one, so
 * that none gets lost.
 */
export const sdkReplacements = (demanded: 'all' | 'as found'): Plugin => ({
  name: 'sdk-replacements',
  setup({ onStart, onLoad, onEnd }) {
    const left = new Set<string>();
    onStart(() => {
      for (const { module } of SDK_REPLACEMENTS) left.add(module);
    });
    onLoad({ filter: /[/\\]dist-es[/\\].+\.js$/ }, ({ path }) => {
      const replacement = SDK_REPLACEMENTS.find(({ module }) => path.replaceAll('\\', '/').endsWith(`/node_modules/${module}`));
      if (replacement === undefined) return undefined;
      left.delete(replacement.module);
      return { contents: replacement.contents, resolveDir: dirname(path) };
    });
    onEnd(({ errors }) => ({
      errors:
        errors.length > 0 || demanded !== 'all'
          ? []
          : [...left].map((module) => ({ text: `${module} is no longer there to be replaced: see lib/sdk-replacements.ts` })),
    }));
  },
});

/** The SDK tells its version to AWS, and imports its whole package.json for that. */
export const packageVersionsOnly: Plugin = {
  name: 'package-versions-only',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]@aws-sdk[/\\].+[/\\]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
