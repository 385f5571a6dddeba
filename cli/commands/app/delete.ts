import * as z from 'zod/mini';
import { deletedApplicationSchema, shownApplicationSchema } from '../../../src/access/applications/answers.ts';
import { askAdmin } from '../../ask-admin.ts';
import { defineCommand } from '../../command.ts';
import { CONFIRM_FLAG, confirmByTyping, confirmOptions } from '../../confirm.ts';
import { ADMIN_FLAGS, adminOptions, targetOf } from '../../target.ts';
import { APPLICATION_ARGUMENT } from './application-option.ts';

export const appDelete = defineCommand({
  name: 'app delete',
  summary: 'Delete an application with its settings and credentials; users and groups stay.',
  argument: APPLICATION_ARGUMENT,
  flags: [...ADMIN_FLAGS, CONFIRM_FLAG],
  examples: ['scim app delete entra-hr --local', 'scim app delete entra-hr --tenant example --confirm entra-hr'],
  options: z.strictObject({ ...adminOptions, ...confirmOptions, app: z.string() }),
  run: async ({ json, by, app, confirm, ...named }, terminal) => {
    const target = targetOf(named, terminal);
    const who = { by: by ?? terminal.userName, application: app };
    const { result: known } = await askAdmin({ target, request: { act: 'app.show', ...who }, expect: shownApplicationSchema }, terminal);
    const what = `delete the application "${known.title}" and revoke its ${counted(known.issued.length)}`;
    await confirmByTyping(terminal, { what, name: app, confirm });
    const { result } = await askAdmin({ target, request: { act: 'app.delete', ...who }, expect: deletedApplicationSchema }, terminal);
    if (json) terminal.print(JSON.stringify(result));
    else terminal.say(`Application ${app} "${result.title}" is deleted, and its ${counted(result.revoked)} are refused within 60 seconds.`);
  },
});

const counted = (count: number): string => (count === 1 ? '1 credential' : `${count} credentials`);
