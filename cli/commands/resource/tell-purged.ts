import type { Terminal } from '../../terminal.ts';

/** What all parts of a purge have come to. */
export type Total = {
  readonly type: string;
  readonly id: string;
  readonly name?: string;
  /** Items looked at. */
  readonly items: number;
  readonly erased: number;
  readonly passing: number;
  readonly mentionedBy: readonly string[];
};

const LOCAL = 'Its name remains in scim.log, in the data folder, until you delete that.';
const DEPLOYED =
  'Its name remains in log lines for logRetentionDays of the tenant file (365 unless it says otherwise), and all of it in backups: point-in-time recovery reaches back up to 35 days.';

/** Says what was done, and what is not in the power of a purge. */
export function tellPurged({ type, id, items, erased, passing, mentionedBy }: Total, isLocal: boolean, { print, say }: Terminal): void {
  print(`Purged ${type} ${id}: ${items} items looked at, ${erased} of them erased or cleared of it.`);
  if (passing > 0) say(`Work in progress names it in ${passing} more, which go within the hour; run this again then to make sure.`);
  if (mentionedBy.length > 0)
    say(`Other resources name its id in their attributes, as their identity provider wrote them: ${mentionedBy.join(', ')}.`);
  say(isLocal ? LOCAL : DEPLOYED);
  say('An identity provider that still has it creates it anew: remove it there, too.');
}
