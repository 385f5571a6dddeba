import type { ChangeEvent } from './change-event.ts';
import type { EventValues } from './state.ts';

/** An event of the log as it may be told now: what the operator no longer lets out may have been written down before. */
export function shownAs(values: EventValues, { profile, profileOmitted, ...event }: ChangeEvent): ChangeEvent {
  return values === 'none' ? event : { ...event, ...(profile && { profile }), ...(profileOmitted && { profileOmitted }) };
}
