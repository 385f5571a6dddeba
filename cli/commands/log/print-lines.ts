import { styleText } from 'node:util';
import { isAccessLine, isFailure, isGatewayRefusal } from '../../../src/audit/failure.ts';
import { parseLine } from '../../../src/audit/parse-line.ts';
import type { RawLine } from '../../../src/audit/tenant-log.ts';
import type { Terminal } from '../../terminal.ts';
import { describeLine } from './describe-line.ts';

const COLOURS = { plain: undefined, refused: 'yellow', failed: 'red' } as const;

export type Shown = { readonly json: true | undefined; readonly errors: true | undefined; readonly requestId: string | undefined };

/** Prints what is worth a line: not that Lambda has begun and ended, nor what the gateway says of an answer that a function gave. */
export function printLine(line: RawLine, { json, errors, requestId }: Shown, { print, hasColours }: Terminal): void {
  const record = parseLine(line.text);
  if (requestId !== undefined && !line.text.includes(requestId)) return;
  if (errors && !isFailure(line.text, record)) return;
  if (record === undefined ? !isFailure(line.text) : isAccessLine(record) && !isGatewayRefusal(record)) return;
  if (json) {
    print(record === undefined ? JSON.stringify(wrapped(line)) : line.text);
    return;
  }
  const { text, weight } = describeLine(line);
  const colour = COLOURS[weight];
  print(hasColours && colour !== undefined ? styleText(colour, text, { validateStream: false }) : text);
}

/** What the platform writes is no JSON. */
const wrapped = ({ atMs, origin, text }: RawLine) => ({ time: new Date(atMs).toISOString(), event: 'platform', function: origin, text });
