import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type * as z from 'zod/mini';
import { renderEventSchema } from '../../scripts/docs/event-schema.ts';
import { type ChangeEvent, EVENT_TYPES } from '../../src/directory/feed/change-event.ts';
import { eventSchema } from '../../src/directory/feed/event-schema.ts';
import { lostBetween } from '../support/schema-growth.ts';
import { faultsOf } from '../support/valid-event.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const readJson = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(ROOT, ...path), 'utf8'));

type Promised = z.output<ReturnType<typeof eventSchema>>;
type KeysOf<Union> = Union extends unknown ? keyof Union : never;
type IsEqual<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : false) : false;

const EVENT = {
  id: '0197f000-0000-7000-8000-000000000001.3.0',
  type: 'user.updated',
  tenant: 'example',
  resourceType: 'User',
  resourceId: '0197f000-0000-7000-8000-000000000001',
  version: 3,
  part: 0,
  time: '2026-01-02T03:04:05.678Z',
  active: true,
  paths: ['title'],
};

describe('the JSON Schema of events', () => {
  it('is the one of this version (else run `node scripts/write-event-schema.ts` and `npx biome check --write docs`)', () => {
    expect(readJson('docs', 'reference', 'events.schema.json')).toEqual(JSON.parse(renderEventSchema()));
  });

  it('knows every type of event', () => {
    const isUnknown = (type: string): boolean =>
      faultsOf({ ...EVENT, type })
        .join()
        .includes('at type');

    expect([...EVENT_TYPES, 'user.renamed'].filter(isUnknown)).toEqual(['user.renamed']);
  });

  it('lets only events through, and none of their types and properties is missing in it', () => {
    const asEvent = (event: Promised): ChangeEvent => event;
    const isWhole: readonly [IsEqual<KeysOf<Promised>, keyof ChangeEvent>, IsEqual<Promised['type'], ChangeEvent['type']>] = [true, true];

    expect([asEvent(eventSchema().parse(EVENT)), ...isWhole]).toEqual([EVENT, true, true]);
  });

  it.each([
    ['as it should be', {}, 0],
    ['with a profile', { profile: { mail: null, roles: [{ name: 'admin' }] } }, 0],
    ['of the service itself', { application: undefined, requestId: undefined }, 0],
    ['that says nothing of active', { active: undefined }, 1],
    ['with a property that is not told', { userName: 'ada' }, 1],
    ['of a version 0', { version: 0 }, 1],
    ['with a part that is no number', { part: '0' }, 1],
    ['of a user by another name', { resourceType: 'Group' }, 1],
    ['of members that are none', { type: 'members.added', members: [], active: undefined, paths: undefined }, 1],
    [
      'of as many members as there may be',
      { type: 'members.added', members: Array(200).fill('x'), active: undefined, paths: undefined },
      0,
    ],
    ['of more members', { type: 'members.added', members: Array(201).fill('x'), active: undefined, paths: undefined }, 1],
    ['of a removal that carries values', { type: 'user.removed', active: undefined, paths: undefined, profile: {} }, 1],
  ])('judges an event %s', (_, overrides, faults) => {
    expect(faultsOf({ ...EVENT, ...overrides })).toHaveLength(faults);
  });
});

describe('the JSON Schema of events, beside the one that was released', () => {
  const released = readJson('test', 'fixtures', 'events', '1.schema.json');
  const edited = (edit: (text: string) => string): unknown => JSON.parse(edit(JSON.stringify(JSON.parse(renderEventSchema()))));

  it('has taken nothing away', () => {
    expect(lostBetween(released, JSON.parse(renderEventSchema()))).toEqual([]);
  });

  it.each([
    ['a type is gone', '"user.deactivated",', '', ['user.deactivated is gone']],
    [
      'a property is no longer certain',
      ',"members"]',
      ']',
      ['members.added: members is no longer certain', 'members.removed: members is no longer certain'],
    ],
    ['a property is gone', '"members":{', '"memberIds":{', ['members.added: members is gone', 'members.removed: members is gone']],
    [
      'a value is of another form',
      '"items":{"type":"string","minLength":1}',
      '"items":{"type":"object"}',
      ['members.added: members is of another form', 'members.removed: members is of another form'],
    ],
    ['there is a type more', '"user.updated"', '"user.updated","user.renamed"', []],
    ['there is a property more', '"members":{', '"count":{"type":"integer"},"members":{', []],
    ['a property is more certain', '"required":["type"', '"required":["application","type"', []],
    ['something is put in other words', 'Always `User`.', 'It is `User`.', []],
  ])('tells that %s', (_, text, instead, lost) => {
    const current = edited((schema) => schema.replace(text, instead));

    expect(current).not.toEqual(released);
    expect(lostBetween(released, current)).toEqual(lost);
  });
});
