import type { Line } from './lines.ts';

/** Behind which line an export goes on. */
export type ExportPlace =
  | { readonly kind: 'resource'; readonly type: string; readonly id: string }
  /** Of a group's members; those behind `after`, or, without it, none are left. */
  | { readonly kind: 'members'; readonly type: string; readonly id: string; readonly after?: string | undefined };

/** Undefined for the end: nothing comes behind it. */
export function placeOf(line: Line): ExportPlace | undefined {
  switch (line.kind) {
    case 'resource':
      return { kind: 'resource', type: line.type, id: line.id };
    case 'members':
      return { kind: 'members', type: line.type, id: line.group, ...(!line.isLast && { after: line.members.at(-1)?.value }) };
    case 'end':
      return undefined;
  }
}
