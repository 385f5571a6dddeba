import * as z from 'zod/mini';
import { type ListedApplications, listedApplicationsSchema } from '../../../src/access/applications/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { renderTable } from '../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';

export const appList = defineCommand({
  name: 'app list',
  summary: 'List the applications of the tenant.',
  flags: ADMIN_FLAGS,
  examples: ['scim app list --local', 'scim app list --tenant example --json'],
  options: z.strictObject(adminOptions),
  run: async ({ json, by, ...target }, terminal) => {
    const request = { act: 'app.list', by: by ?? terminal.userName } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: listedApplicationsSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else renderTable(result.applications.map(rowOf)).forEach(terminal.print);
  },
});

const rowOf = ({ key, title, preset = '-', state, kind, live, createdAt }: ListedApplications['applications'][number]) => ({
  APPLICATION: key,
  TITLE: title,
  PRESET: preset,
  STATE: state,
  CREDENTIALS: `${live} ${kind}`,
  CREATED: createdAt.slice(0, 10),
});
