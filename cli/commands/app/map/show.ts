import * as z from 'zod/mini';
import { shownMappingSchema } from '../../../../src/directory/mapping/answers.ts';
import { askAdmin } from '../../../ask-admin.ts';
import { defineCommand } from '../../../command.ts';
import { renderTable } from '../../../table.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../../target.ts';
import { APPLICATION_FLAG, applicationOption } from '../application-option.ts';
import { describeEntry } from './describe-entry.ts';
import { describeRebuild } from './describe-rebuild.ts';

export const appMapShow = defineCommand({
  name: 'app map show',
  summary: 'Show by which names of your own the attributes go; with --json, as "scim app map set" takes it.',
  flags: [...ADMIN_FLAGS, APPLICATION_FLAG],
  examples: ['scim app map show --local', 'scim app map show --tenant example --app entra-hr --json > mapping.json'],
  options: z.strictObject({ ...adminOptions, ...applicationOption }),
  run: async ({ json, by, app, ...target }, terminal) => {
    const request = { act: 'app.map.show', by: by ?? terminal.userName, application: app } as const;
    const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: shownMappingSchema }, terminal);
    const mapping = result.mapping ?? {};
    const rows = Object.entries(mapping).flatMap(([type, entries]) =>
      entries.map((entry) => ({ TYPE: type, ATTRIBUTE: entry.target, 'MADE OF': describeEntry(entry) })),
    );
    if (json) terminal.print(JSON.stringify(mapping, null, 2));
    else if (rows.length > 0) renderTable(rows).forEach(terminal.print);
    else terminal.say(`The application ${result.application} has no mapping.`);
    if (!json) result.rebuilds.map(describeRebuild).forEach(terminal.say);
  },
});
