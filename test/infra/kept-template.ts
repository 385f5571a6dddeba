import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';

const read = new Map<string, Template>();

/** Gives back what an earlier test file of this run has synthesised; `name` says what it was made of. */
export function keptTemplate(name: string, synthesise: () => Template): Template {
  const template = read.get(name) ?? readTemplate(name, synthesise);
  read.set(name, template);
  return template;
}

function readTemplate(name: string, synthesise: () => Template): Template {
  const folder = process.env['TEST_TEMPLATES'];
  if (!folder) throw new Error('TEST_TEMPLATES is not set: the global set-up of jest.config.js did not run.');
  const file = join(folder, `${createHash('sha256').update(name).digest('hex')}.json`);
  if (!existsSync(file)) keep(file, JSON.stringify(synthesise().toJSON()));
  return Template.fromJSON(JSON.parse(readFileSync(file, 'utf8')));
}

/** Whole or not at all: two workers may do so at once. */
function keep(file: string, text: string): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, text);
  renameSync(own, file);
}
