import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openRepository } from '../../scripts/docs/repository.ts';
import { commandsOf, PLACEHOLDER } from '../../scripts/tutorial/commands.ts';

const page = openRepository(join(import.meta.dirname, '..', '..')).page('docs/tutorial/test-connection.md');

describe('the tutorial', () => {
  it('comes from nothing to a green Test Connection in four commands, which "npm run tutorial" can run', () => {
    expect(commandsOf(page)).toEqual([
      `git clone ${PLACEHOLDER} serverless-scim`,
      'npm ci',
      'npm start',
      'npm run scim -- test-connection --local',
    ]);
  });
});
