import { closeSync, fstatSync, openSync, renameSync, writeSync } from 'node:fs';

export type HandlerLog = { readonly write: (text: string | Uint8Array) => void; readonly close: () => void };

const ROTATES_AT_BYTES = 50 * 1024 * 1024;

/**
 * Opens the file that stands in for the functions' log groups, readable to its owner alone.
 *
 * Lines are written at once: none is lost when the server is killed. A full file becomes `.1`, replacing the one before.
 */
export function openHandlerLog(file: string, rotatesAtBytes = ROTATES_AT_BYTES): HandlerLog {
  let handle = openSync(file, 'a', 0o600);
  let size = fstatSync(handle).size;
  const rotate = (): void => {
    closeSync(handle);
    renameSync(file, `${file}.1`);
    handle = openSync(file, 'a', 0o600);
    size = 0;
  };
  return {
    write: (text) => {
      if (size >= rotatesAtBytes) rotate();
      size += typeof text === 'string' ? writeSync(handle, text) : writeSync(handle, text);
    },
    close: () => closeSync(handle),
  };
}

/**
 * Sends to the log what anything in this process writes to stdout, as Lambda does, and returns the way to the terminal
 * for what the server itself has to say.
 */
export function divertStdout(log: HandlerLog): (line: string) => void {
  const terminal = process.stdout.write.bind(process.stdout);
  process.stdout.write = (chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
    log.write(chunk);
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (typeof callback === 'function') callback();
    return true;
  };
  return (line) => {
    terminal(`${line}\n`);
  };
}
