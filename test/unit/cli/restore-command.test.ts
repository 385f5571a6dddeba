import { describe, expect, it } from '@jest/globals';
import { aTerminal } from '../../support/admin-terminal.ts';

describe('scim restore', () => {
  it.each(['yesterday', '2026-01-31', '2026-13-31T12:00:00Z'])('says once that "%s" is no instant, and what would be one', async (time) => {
    const { scim, err } = aTerminal();

    const status = await scim(`restore --tenant acme --to ${time}`);

    expect({ status, err: err.join('\n').split('--to takes an instant').length - 1 }).toEqual({ status: 2, err: 1 });
  });
});
