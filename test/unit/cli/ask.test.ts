import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { askingOn } from '../../../cli/ask.ts';

function aTerminal({ isTTY = true } = {}) {
  const [input, output] = [Object.assign(new PassThrough(), { isTTY }), Object.assign(new PassThrough(), { isTTY })];
  const shown = (): string => String(output.read() ?? '');
  return { input, output, shown, asking: askingOn(input, output) };
}

describe('asking', () => {
  it('shows the question and returns the line, whatever its characters', async () => {
    const { input, shown, asking } = aTerminal();

    const answer = asking.ask('Which? ');
    input.write('Zoë ‡\n');

    expect(await answer).toBe('Zoë ‡');
    expect(shown()).toContain('Which? ');
  });

  it('shows nothing of what is typed at a hidden question', async () => {
    const { input, shown, asking } = aTerminal();

    const answer = asking.askHidden('Password: ');
    input.write('hünter:2\r');

    expect(await answer).toBe('hünter:2');
    expect(shown()).toBe('Password: \n');
  });

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is cancelled by %s', async (_key, character) => {
    const { input, asking } = aTerminal();

    const answer = asking.askHidden('Password: ');
    input.write(character);

    await expect(answer).rejects.toMatchObject({ name: 'AdminRefusal', message: 'Cancelled: nothing has been changed.' });
  });

  it('reads standard input to its end', async () => {
    const { input, asking } = aTerminal({ isTTY: false });

    input.end('one\ntwo\n');

    expect(await asking.readInput()).toBe('one\ntwo\n');
  });

  it('is interactive only where both ends are a terminal', () => {
    const { input, output } = aTerminal();

    const verdicts = [askingOn(input, output), askingOn(new PassThrough(), output), askingOn(input, new PassThrough())];

    expect(verdicts.map(({ isInteractive }) => isInteractive)).toEqual([true, false, false]);
  });
});
