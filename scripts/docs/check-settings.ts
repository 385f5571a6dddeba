import * as z from 'zod';
import { accountSchema } from '../../lib/account.ts';
import { tenantSchema } from '../../lib/tenant.ts';
import { policySchema } from '../../src/access/policy.ts';
import { compareNames } from './compare-names.ts';
import { codeIn, type Page, type Row, rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const PAGE = 'docs/reference/settings.md';
const POLICIES = 'docs/reference/policies.md';

/** The sections on environment variables, and where each set of them is read. */
const VARIABLES: readonly { readonly heading: string; readonly file: string; readonly pattern: RegExp }[] = [
  { heading: 'Environment of the functions', file: 'src/runtime/environment.ts', pattern: /^ {2}([A-Z][A-Z_]+): z\./gm },
  { heading: 'Environment of `npm start`', file: 'local/settings.ts', pattern: /variables\['([A-Z_]+)'\]/g },
  { heading: 'Environment of `npm run scim`', file: 'cli/terminal.ts', pattern: /process\.env\['([A-Z_]+)'\]/g },
];

export function checkSettings(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  return [
    ...checkDefaults(page, 'Tenant file', settingsOf(tenantSchema), 'key of lib/tenant.ts'),
    ...checkDefaults(page, 'Account file', settingsOf(accountSchema), 'key of lib/account.ts'),
    ...checkDefaults(repository.page(POLICIES), 'Settings', policySettings(), 'field of src/access/policy.ts'),
    ...VARIABLES.flatMap(({ heading, file, pattern }) => {
      const names = new Set([...repository.text(file).matchAll(pattern)].map(([, name = '']) => name));
      return compareNames({ page, rows: rowsUnder(page, heading), names: [...names], noun: `variable of ${file}` });
    }),
  ];
}

type Settings = Readonly<Record<string, unknown>>;

/** Every key of a file with the value it has when it is left out, nested ones by their path. */
const settingsOf = (schema: z.ZodObject): Settings =>
  Object.fromEntries(Object.entries(schema.shape).flatMap(([name, value]) => keysOf(name, value, undefined)));

function keysOf(name: string, schema: unknown, without: unknown): readonly (readonly [string, unknown])[] {
  if (schema instanceof z.ZodDefault) return keysOf(name, schema.unwrap(), schema.def.defaultValue);
  if (schema instanceof z.ZodOptional) {
    const keys = keysOf(name, schema.unwrap(), without);
    return schema.unwrap() instanceof z.ZodObject ? [[name, without], ...keys] : keys;
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
    return [[name, without], ...keysOf(`${name}[]`, schema.element, undefined)];
  }
  if (!(schema instanceof z.ZodObject)) return [[name, without]];
  const values: Settings = { ...(typeof without === 'object' ? without : {}) };
  return Object.entries(schema.shape).flatMap(([key, value]) => keysOf(`${name}.${key}`, value, values[key]));
}

function policySettings(): Settings {
  const { features, ...others } = policySchema.parse({});
  return { ...others, ...nested('features', features) };
}

const nested = (name: string, settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${name}.${key}`, value]));

/** The second column holds the default, as JSON in backticks, wherever there is one. */
function checkDefaults(page: Page, heading: string, settings: Settings, noun: string): readonly Finding[] {
  const rows = rowsUnder(page, heading);
  const wrong = ({ line, cells }: Row): readonly Finding[] => {
    const name = codeIn(cells[0]) ?? '';
    const expected = settings[name] === undefined ? undefined : JSON.stringify(settings[name]);
    const written = codeIn(cells[1]);
    if (!Object.hasOwn(settings, name) || expected === undefined || expected === written) return [];
    return [{ file: page.file, line, message: `the default of "${name}" is ${expected}, not ${written ?? cells[1]}: correct the row` }];
  };
  return [...compareNames({ page, rows, names: Object.keys(settings), noun }), ...rows.flatMap(wrong)];
}
