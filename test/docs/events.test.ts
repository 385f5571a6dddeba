import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openRepository } from '../../scripts/docs/repository.ts';
import { EVENT_TYPES } from '../../src/directory/feed/change-event.ts';
import { eventSchema } from '../../src/directory/feed/event-schema.ts';
import { faultsOf } from '../support/valid-event.ts';

const lines = openRepository(join(import.meta.dirname, '..', '..'))
  .page('docs/reference/events.md')
  .lines.map(({ text }) => text);

/** The lines of the fenced block behind a marker. */
function blockAt(marker: string): readonly string[] {
  const begin = lines.indexOf(`<!-- ${marker} -->`) + 2;
  return lines.slice(begin, lines.indexOf('```', begin));
}

function codesIn(heading: string): readonly string[] {
  const begin = lines.indexOf(`## ${heading}`) + 1;
  const end = lines.findIndex((text, index) => index > begin && text.startsWith('## '));
  return lines.slice(begin, end).flatMap((text) => /^\| `([\w.]+)` \|/.exec(text)?.[1] ?? []);
}

const examples = blockAt('examples').map((line): { readonly type: string } => JSON.parse(line));

const places = examples.map(({ type }) => type);
const asShown = (one: string, other: string): number => places.indexOf(one) - places.indexOf(other);

describe('the page on events', () => {
  it('describes each type, and has an example of it', () => {
    expect(codesIn('Types').toSorted()).toEqual([...EVENT_TYPES].toSorted());
    expect(examples.map(({ type }) => type).toSorted()).toEqual([...EVENT_TYPES].toSorted());
  });

  it('describes each field', () => {
    const fields = eventSchema().def.innerType.def.options.flatMap(({ shape }) => Object.keys(shape));

    expect(codesIn('Fields').toSorted()).toEqual([...new Set(fields)].toSorted());
  });

  it.each(examples.map((event) => [event.type, event] as const))('shows %s as it is told', (_, event) => {
    expect(faultsOf(event)).toEqual([]);
  });

  it('says of each change who made it by which request, and of no snapshot', () => {
    const authored = examples.filter((event) => 'application' in event && 'requestId' in event);

    expect(authored.map(({ type }) => type)).toEqual(EVENT_TYPES.filter((type) => !type.endsWith('.snapshot')).toSorted(asShown));
    expect(examples.filter((event) => 'application' in event !== 'requestId' in event)).toEqual([]);
  });

  it("shows the event bus's envelope with an event in it", () => {
    const envelope = JSON.parse(blockAt('envelope').join('\n'));

    expect(faultsOf(envelope.detail)).toEqual([]);
    expect(envelope['detail-type']).toBe(envelope.detail.type);
    expect(Date.parse(envelope.detail.time) - Date.parse(envelope.time)).toBeLessThan(1_000);
  });
});
