import { once } from 'node:events';
import { Writable } from 'node:stream';
import { AdminRefusal } from '../src/access/admin-refusal.ts';

type Input = NodeJS.ReadableStream & { readonly isTTY?: boolean };
type Output = NodeJS.WritableStream & { readonly isTTY?: boolean };

/** How a command asks the person at the terminal; what is asked goes to standard error. */
export type Asking = {
  /** Somebody can be asked: neither standard input nor standard error is a file or a pipe. */
  readonly isInteractive: boolean;
  /** Reads a line. */
  readonly ask: (question: string) => Promise<string>;
  /** The same, and shows nothing of what is typed. */
  readonly askHidden: (question: string) => Promise<string>;
  /** Reads all of standard input, as UTF-8. */
  readonly readInput: () => Promise<string>;
};

export const askingOn = (input: Input, output: Output): Asking => ({
  isInteractive: input.isTTY === true && output.isTTY === true,
  ask: (question) => readLine(question, input, output),
  askHidden: async (question) => {
    output.write(question);
    const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
    return readLine('', input, nowhere).finally(() => output.write('\n'));
  },
  readInput: async () => {
    const { text } = await import('node:stream/consumers');
    return text(input);
  },
});

/** @throws {AdminRefusal} when the person ends the input or interrupts it in place of an answer */
async function readLine(question: string, input: Input, output: Output): Promise<string> {
  const { createInterface } = await import('node:readline/promises');
  const reader = createInterface({ input, output, terminal: true, historySize: 0 });
  const ended = once(reader, 'close').then(() => {
    throw cancelled();
  });
  try {
    return await Promise.race([reader.question(question), ended]);
  } catch (error) {
    throw error instanceof AdminRefusal ? error : cancelled(error);
  } finally {
    ended.catch(() => {});
    reader.close();
  }
}

const cancelled = (cause?: unknown): AdminRefusal => new AdminRefusal('Cancelled: nothing has been changed.', { cause });
