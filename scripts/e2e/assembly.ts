import { createHash } from 'node:crypto';
import { appendFile, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject, type Json } from '../../src/scim/json.ts';
import { adaptTemplate, type Template } from './adaptations.ts';
import { cdkDone } from './commands.ts';
import type { World } from './world.ts';

/** Synthesises the stacks into a folder, and adapts their templates to the emulator; says which adaptations there were. */
export async function synthesise(world: World, name: string): Promise<{ readonly out: string; readonly applied: readonly string[] }> {
  const out = join(world.folder, name);
  await cdkDone(world, 'synth', '--quiet', '--output', out);
  const applied = new Set<string>();
  for (const file of await templatesOf(out)) {
    const adapted = adaptTemplate(await readTemplate(join(out, file)));
    for (const each of adapted.applied) applied.add(each);
    await writeFile(join(out, file), JSON.stringify(adapted.template));
  }
  return { out, applied: [...applied] };
}

const templatesOf = async (out: string): Promise<readonly string[]> =>
  (await readdir(out)).filter((file) => file.endsWith('.template.json'));

async function readTemplate(file: string): Promise<Template> {
  const template: Json = JSON.parse(await readFile(file, 'utf8'));
  if (!isTemplate(template)) throw new TypeError(`${file} is no template`);
  return template;
}

const isTemplate = (value: Json): value is Template =>
  isObject(value) && isObject(value['Resources']) && Object.values(value['Resources']).every(isObject);

const HASH = /^asset\.([0-9a-f]{64})$/;

/** Changes the code of every function, as another version does: each bundle gets a line, and with it another hash. */
export async function changeBundles(out: string): Promise<number> {
  const hashes = (await readdir(out)).flatMap((folder) => HASH.exec(folder)?.[1] ?? []);
  const renamed = new Map<string, string>();
  for (const hash of hashes) {
    await appendFile(join(out, `asset.${hash}`, 'index.mjs'), '\n// another version\n');
    const next = createHash('sha256').update(`another version of ${hash}`).digest('hex');
    await rename(join(out, `asset.${hash}`), join(out, `asset.${next}`));
    renamed.set(hash, next);
  }
  const texts = (await readdir(out)).filter((file) => /\.(template|assets)\.json$/.test(file));
  for (const file of texts) {
    const text = await readFile(join(out, file), 'utf8');
    await writeFile(
      join(out, file),
      text.replace(/[0-9a-f]{64}/g, (hash) => renamed.get(hash) ?? hash),
    );
  }
  return renamed.size;
}
