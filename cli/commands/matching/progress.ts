import { type ListedMatching, type ListedMatchings, listedMatchingsSchema } from '../../../src/directory/matching/answers.ts';
import type { AdminTarget } from '../../../src/runtime/admin-client.ts';
import { askAdmin } from '../../ask-admin.ts';
import type { Terminal } from '../../terminal.ts';
import { counted, grouped } from '../transfer/rate.ts';

/** Each look leaves a line in the audit log. */
const LOOK_EVERY_MS = 5_000;

/** Never the whole before it is done: resources that came since it began are seen as well. */
export function percentOf({ seen = 0, total }: ListedMatching): string {
  if (total === undefined) return '-';
  return `${Math.min(99, Math.floor((100 * seen) / Math.max(1, total)))} %`;
}

/** Says what keeps an attribute from being ready. */
export function stuckOf({ type, attribute, stuck = 0, stuckIds = [] }: ListedMatching): readonly string[] {
  if (stuck === 0) return [];
  const more = stuck > stuckIds.length ? ` and ${grouped(stuck - stuckIds.length)} more` : '';
  return [
    `${attribute}: ${counted(stuck, `${type} resource`)} would be found by too many values (${stuckIds.join(', ')}${more}). Have values removed there, then add the attribute again.`,
  ];
}

type Watched = { readonly target: AdminTarget; readonly by: string; readonly type: string; readonly attribute: string };

/** Shows how far an attribute has come, until it has come to its end; undefined where somebody has removed it meanwhile. */
export async function watch({ target, by, type, attribute }: Watched, terminal: Terminal): Promise<ListedMatching | undefined> {
  const request = { act: 'matching.list', by, type } as const;
  try {
    for (;;) {
      const { result } = await askAdmin({ target, request, expect: listedMatchingsSchema }, terminal);
      const listed = find(result, type, attribute);
      if (listed?.state !== 'waiting' && listed?.state !== 'filling') return listed;
      terminal.progress?.(inWords(listed));
      await terminal.pause(LOOK_EVERY_MS);
    }
  } finally {
    terminal.progress?.('');
  }
}

const find = ({ attributes }: ListedMatchings, type: string, attribute: string): ListedMatching | undefined =>
  attributes.find((listed) => listed.type === type && listed.attribute === attribute);

const inWords = (listed: ListedMatching): string =>
  listed.state === 'waiting'
    ? 'waiting until every function has heard of it'
    : `${percentOf(listed)}: ${grouped(listed.seen ?? 0)} of ${grouped(listed.total ?? 0)} resources`;
