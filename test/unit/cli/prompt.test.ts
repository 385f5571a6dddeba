import { describe, expect, it } from '@jest/globals';
import { promptNewSecret } from '../../../cli/prompt.ts';
import { answering } from '../../support/asking.ts';

const wanted = { what: 'SCIM password', flag: '--password-stdin', fromInput: undefined };

describe('the prompt for a new secret', () => {
  it('asks twice and takes it as it was typed', async () => {
    const terminal = answering([' pass:wörd ', ' pass:wörd ']);

    expect(await promptNewSecret(terminal, wanted)).toBe(' pass:wörd ');

    expect(terminal.questions).toEqual(['SCIM password: ', 'SCIM password, again: ']);
  });

  it.each([
    ['secret\n', 'secret'],
    ['secret\r\n', 'secret'],
    ['secret', 'secret'],
    ['two\nlines\n\n', 'two\nlines\n'],
  ])('leaves one line end out of %j on standard input', async (input, secret) => {
    expect(await promptNewSecret(answering(undefined, input), { ...wanted, fromInput: true })).toBe(secret);
  });

  it.each([
    ['that differ', answering(['one', 'two']), undefined, /differs from the first: nothing has been changed/],
    ['of which the first is empty', answering(['', '']), undefined, /SCIM password is empty/],
    ['from an input without any', answering(undefined, '\n'), true, /SCIM password is empty/],
  ])('refuses answers %s', async (_title, terminal, fromInput, message) => {
    await expect(promptNewSecret(terminal, { ...wanted, fromInput })).rejects.toMatchObject({
      name: 'AdminRefusal',
      message: expect.stringMatching(message),
    });
  });

  it('names the other way where nobody can be asked', async () => {
    await expect(promptNewSecret(answering(undefined), wanted)).rejects.toMatchObject({
      name: 'UsageError',
      message: expect.stringMatching(/--password-stdin/),
    });
  });
});
