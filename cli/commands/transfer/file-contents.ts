import { type EndLine, type Line, printHeader, type Read, readHeader, readLine } from '../../../src/directory/transfer/lines.ts';
import { parseText } from '../../../src/directory/transfer/parse-text.ts';
import { type ExportPlace, placeOf } from '../../../src/directory/transfer/place.ts';
import type { SplitLine } from './split-lines.ts';

/** How every first line begins. */
const HEADER = printHeader({}).slice(0, -'{}}'.length);

/** What a file, or the beginning of one, holds; added up line by line, in place. */
export class FileContents {
  readonly resources: Record<string, number> = {};
  memberships = 0;
  lines = 0;
  bytes = 0;
  header: string | undefined;
  /** Behind which line the export goes on. */
  place: ExportPlace | undefined;
  /** Behind the last whole line there is one that broke off. */
  isCutOff = false;
  /** What the last line says that there is. */
  end: EndLine | undefined;

  /** Says what is wrong with the line; undefined when it was taken. */
  take({ text, endsAt }: Pick<SplitLine, 'text' | 'endsAt'>): string | undefined {
    const read: Read<Line | undefined> = this.header === undefined ? this.#takeHeader(text) : readLine(parseText(text));
    if ('fault' in read) return read.fault;
    if (this.end !== undefined) return 'comes after the last line of an export';
    if (read.line !== undefined) this.#count(read.line);
    this.lines += 1;
    this.bytes = endsAt;
    return undefined;
  }

  /** Says what is wrong with a last line that has no end. One that is the beginning of something else is not ours to cut off. */
  takeRest(text: string): string | undefined {
    this.isCutOff = true;
    const isOurs = this.header !== undefined || HEADER.startsWith(text.slice(0, HEADER.length));
    return isOurs ? undefined : 'it begins with something else';
  }

  get resourceCount(): number {
    return Object.values(this.resources).reduce((sum, count) => sum + count, 0);
  }

  /** Says whether the file holds all that its last line says. */
  get isComplete(): boolean {
    const { end } = this;
    if (end === undefined || end.memberships !== this.memberships) return false;
    const types = new Set([...Object.keys(end.resources), ...Object.keys(this.resources)]);
    return [...types].every((type) => (end.resources[type] ?? 0) === (this.resources[type] ?? 0));
  }

  #takeHeader(text: string): Read<undefined> {
    const read = readHeader(parseText(text));
    if ('fault' in read) return read;
    this.header = text;
    return { line: undefined };
  }

  #count(line: Line): void {
    if (line.kind === 'resource') this.resources[line.type] = (this.resources[line.type] ?? 0) + 1;
    else if (line.kind === 'members') this.memberships += line.members.length;
    else this.end = line;
    this.place = placeOf(line) ?? this.place;
  }
}
