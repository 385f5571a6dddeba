import { describe, expect, it } from '@jest/globals';
import { scimClient, USER } from '../support/local-client.ts';
import { runLocalCommand } from '../support/local-command.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

describe('scim doctor on this machine', () => {
  it('finds a fresh server well, names who fails, and ends with 1 when no credential is left', async () => {
    await using folder = await temporaryFolder();
    const server = await startLocalServer(folder.path);
    const send = scimClient(server, server.token ?? '');

    const well = await runLocalCommand(folder.path, 'doctor --json');
    await send('POST', '/Users', { schemas: [USER], userName: 'ada' });
    await send('POST', '/Users', { schemas: [USER], userName: 'ada' });
    const failing = await runLocalCommand(folder.path, 'doctor');
    const { credentials } = JSON.parse((await runLocalCommand(folder.path, 'token list --json')).out.join(''));
    await runLocalCommand(folder.path, `token revoke ${credentials[0].id}`);
    const ill = await runLocalCommand(folder.path, 'doctor');
    await server.end('SIGTERM');

    expect(well.status).toBe(0);
    expect(JSON.parse(well.out.join('')).findings).toContainEqual({
      check: 'endpoint',
      verdict: 'good',
      says: `${server.tenantUrl} answers, and asks for a token`,
    });
    expect(failing).toMatchObject({ status: 0, err: [] });
    expect(failing.out).toContainEqual(expect.stringMatching(/^note +failing +the latest write was refused for ada \(409 uniqueness\)$/));
    expect(ill).toMatchObject({ status: 1, err: ['One thing is wrong.'] });
    expect(ill.out).toContainEqual(expect.stringMatching(/^WRONG +credentials +default: no credential is accepted$/));
  }, 30_000);
});
