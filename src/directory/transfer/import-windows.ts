import { type Line, type MembersLine, type ResourceLine, readLine } from './lines.ts';
import { parseText } from './parse-text.ts';

/** A line with its place in the file, from 1. */
type Numbered<Kind extends Line> = { readonly number: number; readonly line: Kind };
/** A line that cannot be understood. */
type Unread = { readonly number: number; readonly fault: string };

export type Judged = Numbered<Line> | Unread;

/** So many lines, and members in them, are worked on before the time is looked at again. */
const WINDOW = { lines: 160, members: 4_000 } as const;

export const parseLines = (lines: readonly string[], firstLine: number): readonly Judged[] =>
  lines.map((text, index) => ({ number: firstLine + index, ...readLine(parseText(text)) }));

/** Resources and memberships never share one: a member has to be there before its membership. */
export function windowsOf(lines: readonly Judged[]): readonly (readonly Judged[])[] {
  const windows: Judged[][] = [];
  let members = 0;
  for (const line of lines) {
    const window = windows.at(-1);
    const isFull = window === undefined || window.length === WINDOW.lines || members >= WINDOW.members;
    const [last] = window ?? [];
    if (isFull || (last !== undefined && isMembers(last) !== isMembers(line))) {
      windows.push([line]);
      members = sizeOf(line);
    } else {
      window.push(line);
      members += sizeOf(line);
    }
  }
  return windows;
}

/**
 * Parts a window into lines that do not touch the same items, so that they can be worked on at the same time: resources by
 * the row that counts them, memberships by their group.
 */
export function lanesOf(window: readonly Judged[]): readonly (readonly Judged[])[] {
  const lanes = new Map<string, Judged[]>();
  for (const line of window) {
    const name = laneOf(line);
    const lane = lanes.get(name);
    if (lane) lane.push(line);
    else lanes.set(name, [line]);
  }
  return [...lanes.values()];
}

/** So many resources, with the keys they are found by, mostly fit one transaction. */
const TOGETHER = 12;

export const chunksOf = (lane: readonly Judged[]): readonly (readonly Judged[])[] =>
  Array.from({ length: Math.ceil(lane.length / TOGETHER) }, (_, index) => lane.slice(index * TOGETHER, (index + 1) * TOGETHER));

/** A type's resources are counted in 16 rows, by the last digit of their ids. */
function laneOf(judged: Judged): string {
  if ('fault' in judged) return 'unread';
  const { line } = judged;
  if (line.kind === 'end') return 'end';
  return line.kind === 'members' ? line.group : `${line.type} ${line.id.slice(-1)}`;
}

export const isResource = (judged: Judged): judged is Numbered<ResourceLine> => 'line' in judged && judged.line.kind === 'resource';

const isMembers = (judged: Judged): judged is Numbered<MembersLine> => 'line' in judged && judged.line.kind === 'members';

const sizeOf = (judged: Judged): number => (isMembers(judged) ? judged.line.members.length : 0);
