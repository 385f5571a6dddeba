import { describe, expect, it } from '@jest/globals';
import { confirmByTyping } from '../../../cli/confirm.ts';
import { answering } from '../../support/asking.ts';

const what = 'delete the application hr';

function aTerminal(typed?: readonly string[]) {
  const said: string[] = [];
  return { ...answering(typed), said, say: (line: string) => void said.push(line) };
}

describe('confirmation by typing', () => {
  it('goes on once the name is typed, and says before what will happen', async () => {
    const terminal = aTerminal(['hr ']);

    await confirmByTyping(terminal, { what, name: 'hr' });

    expect(terminal.said).toEqual(['This will delete the application hr.']);
    expect(terminal.questions).toEqual(['Type hr to go on: ']);
  });

  it('asks nothing when the name is given', async () => {
    const terminal = aTerminal([]);

    await confirmByTyping(terminal, { what, name: 'hr', confirm: 'hr' });

    expect(terminal.questions).toEqual([]);
  });

  it.each(['', 'HR', 'y', 'yes'])('is refused when "%s" is typed', async (typed) => {
    await expect(confirmByTyping(aTerminal([typed]), { what, name: 'hr' })).rejects.toMatchObject({
      name: 'AdminRefusal',
      message: expect.stringMatching(/not what was typed: nothing has been changed/),
    });
  });

  it.each([
    ['hr', '--confirm hr.'],
    ['Human resources', "--confirm 'Human resources'."],
    ["Ada's", "--confirm 'Ada'\\''s'."],
  ])('of "%s" is asked of nobody where nobody is, who learns the way out', async (name, wayOut) => {
    await expect(confirmByTyping(aTerminal(), { what, name })).rejects.toMatchObject({
      name: 'UsageError',
      message: `This would ${what}, and nobody can be asked here: repeat it with ${wayOut}`,
    });
  });

  it('takes no other name, even from a terminal', async () => {
    await expect(confirmByTyping(aTerminal(['hr']), { what, name: 'hr', confirm: 'hr2' })).rejects.toMatchObject({
      name: 'UsageError',
      message: `This would ${what}: --confirm takes exactly "hr", not "hr2".`,
    });
  });
});
