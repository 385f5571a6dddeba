import type { FeedEntry } from '../../directory/feed/ports.ts';
import { isAbsent, isEqual } from '../condition.ts';
import { toLogItem } from '../feed/item.ts';
import { type Attributes, text } from '../item.ts';
import { keyOf, type TableKey } from '../keys.ts';
import { PURGED, parseIds } from '../staged/manifest.ts';
import type { Trace } from './trace.ts';

/**
 * What happened to it stays told, without what it was: whoever follows the directory is to hear that it is gone. All else
 * stays where it is, since places in the log are counted.
 */
export function inFeed(row: Attributes, key: TableKey, id: string): Trace | undefined {
  if (row['events'] === undefined) return undefined;
  const events = JSON.stringify(toLogItem(row).entries.map((entry) => without(entry, id)));
  if (events === row['events']) return undefined;
  return { kind: 'erase', write: { kind: 'update', key, set: { events }, condition: isEqual('events', text(row, 'events')) } };
}

function without({ profile, members, ...rest }: FeedEntry, id: string): FeedEntry {
  return {
    ...rest,
    ...(profile && rest.resourceId !== id && { profile }),
    ...(members && { members: members.filter((each) => each !== id) }),
  };
}

/** Whoever finishes or undoes the change needs it; then it is only read, to be told of. */
export function inManifest(row: Attributes, key: TableKey, id: string): Trace | undefined {
  const changeId = key.pk.slice(key.pk.lastIndexOf('#') + 1);
  const ids = JSON.stringify(parseIds(row).map((each) => (each === id ? PURGED : each)));
  if (ids === row['ids']) return undefined;
  return {
    kind: 'erase',
    write: { kind: 'update', key, set: { ids }, condition: isEqual('ids', text(row, 'ids')) },
    onlyIf: { kind: 'check', key: keyOf.change(changeId), condition: isAbsent },
  };
}
