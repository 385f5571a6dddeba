import type { Terminal } from '../../terminal.ts';

const NUMBERS = new Intl.NumberFormat('en-US');

export const grouped = (count: number): string => NUMBERS.format(count);

export const counted = (count: number, noun: string): string => `${grouped(count)} ${noun}${count === 1 ? '' : 's'}`;

/** Shows progress where somebody watches: how far it is, and how fast that goes. */
export function progressOf({ progress, now }: Pick<Terminal, 'progress' | 'now'>, begun: number) {
  const begunAt = now().getTime();
  return {
    show: (text: string, done: number): void => {
      const seconds = (now().getTime() - begunAt) / 1_000;
      const rate = seconds > 0 ? `, ${grouped(Math.round((done - begun) / seconds))} a second` : '';
      progress?.(`${text}${rate}`);
    },
    /** Clears the line, so that what is said next has it to itself. */
    end: (): void => progress?.(''),
  };
}
