import * as z from 'zod/mini';
import { setApplicationSchema } from '../../../src/access/applications/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { APPLICATION_ARGUMENT } from './application-option.ts';
import { showApplicationChanges } from './shown.ts';

const switchTo = (verb: 'enable' | 'disable', summary: string) =>
  defineCommand({
    name: `app ${verb}`,
    summary,
    argument: APPLICATION_ARGUMENT,
    flags: ADMIN_FLAGS,
    examples: [`scim app ${verb} entra-hr --local`, `scim app ${verb} entra-hr --tenant example`],
    options: z.strictObject({ ...adminOptions, app: z.string() }),
    run: async ({ json, by, app, ...target }, terminal) => {
      const request = { act: `app.${verb}`, by: by ?? terminal.userName, application: app } as const;
      const { result } = await askAdmin({ target: targetOf(target, terminal), request, expect: setApplicationSchema }, terminal);
      if (json) terminal.print(JSON.stringify(result));
      else showApplicationChanges(result, terminal);
    },
  });

export const appDisable = switchTo('disable', 'Refuse every request of an application with 403, and keep all it has.');
export const appEnable = switchTo('enable', 'Serve a disabled application again.');
