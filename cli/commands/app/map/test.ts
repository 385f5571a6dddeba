import * as z from 'zod/mini';
import { type TestedMapping, testedMappingSchema } from '../../../../src/directory/mapping/answers.ts';
import { askAdmin } from '../../../ask-admin.ts';
import { defineCommand, UsageError } from '../../../command.ts';
import { readJsonFile } from '../../../read-json-file.ts';
import { renderTable } from '../../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../../target.ts';
import type { Terminal } from '../../../terminal.ts';
import { APPLICATION_FLAG, applicationOption } from '../application-option.ts';

export const appMapTest = defineCommand({
  name: 'app map test',
  summary: 'Show what comes out for a user or group, or for a request in a file, and why an attribute stays empty; nothing is written.',
  flags: [
    ...ADMIN_FLAGS,
    { ...APPLICATION_FLAG, summary: 'by whose mapping (default: that of the application that created it)' },
    { flags: '--user <name>', summary: 'a user that is there, by name or id' },
    { flags: '--group <name>', summary: 'a group that is there, by name or id' },
    { flags: '--file <file>', summary: 'JSON: the body of a POST, as a client sends it' },
    { flags: '--type <name>', summary: 'of which resource type the file is (default: User)' },
    { flags: '--mapping <file>', summary: 'JSON: try this mapping, in place of the one that is set' },
  ],
  examples: [
    'scim app map test --local --user babs@example.com',
    'scim app map test --local --file examples/requests/user.json --mapping examples/mappings/plain.json',
    'scim app map test --tenant example --app entra-hr --group Sales --json',
  ],
  options: z.strictObject({
    ...adminOptions,
    ...applicationOption,
    user: z.optional(z.string()),
    group: z.optional(z.string()),
    file: z.optional(z.string()),
    type: z.optional(z.string()),
    mapping: z.optional(z.string()),
  }),
  run: async ({ json, by, app, user, group, file, type, mapping, ...named }, terminal) => {
    if ([user, group, file].filter((given) => given !== undefined).length !== 1)
      throw new UsageError('Say what to try it with: --user NAME, --group NAME, or --file PATH.');
    if (type !== undefined && file === undefined) throw new UsageError('--type belongs to --file.');
    const target = targetOf(named, terminal);
    const request = {
      act: 'app.map.test',
      by: by ?? terminal.userName,
      application: app,
      type: group === undefined ? type : 'Group',
      resource: user ?? group,
      body: await contentOf(file, terminal),
      mapping: await contentOf(mapping, terminal),
    } as const;
    const { result } = await askAdmin({ target, request, expect: testedMappingSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else showTested(result, terminal);
  },
});

const contentOf = async (path: string | undefined, terminal: Terminal) => (path === undefined ? undefined : readJsonFile(path, terminal));

function showTested({ application, resourceType, resource, attributes }: TestedMapping, { print, say }: Terminal): void {
  renderTable(attributes.map(({ target, value, reason = '' }) => ({ ATTRIBUTE: target, VALUE: written(value), WHY: reason }))).forEach(
    print,
  );
  if (resource === undefined) return;
  const { id, createdBy, profile } = resource;
  say(`${resourceType} ${id}, created by the application ${createdBy}${createdBy === application ? PROFILES[profile] : OTHER}`);
}

const PROFILES = {
  none: '; it carries no profile yet.',
  current: '; it carries a profile by this mapping.',
  outdated: '; the profile it carries is by another mapping, and changes with its next change at the latest.',
} as const;
const OTHER = ', whose mapping makes its profile, and not this one.';

const written = (value: unknown): string => {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
};
