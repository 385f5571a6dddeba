import { describe, expect, it } from '@jest/globals';
import { entryOfLine } from '../../../../src/audit/report/entry-of-line.ts';
import { readProvisioningLine } from '../../../../src/audit/report/lines.ts';

const COMMON = { time: '2026-06-01T00:00:00.000Z', requestId: 'r1', application: 'default' };

function entryOf(more: object) {
  const line = readProvisioningLine({ ...COMMON, event: 'request', status: 200, ...more });
  if (line === undefined) throw new TypeError('the line cannot be read');
  return entryOfLine(line);
}

describe('a line of a request', () => {
  it.each([
    [
      { operation: 'create', status: 201, changed: ['userName'] },
      { action: 'create', outcome: 'succeeded', reason: null },
    ],
    [
      { operation: 'update', changed: ['active', 'title'], state: 'disabled' },
      { action: 'disable', changed: ['active', 'title'] },
    ],
    [{ operation: 'update', changed: ['active'], state: 'enabled' }, { action: 'enable' }],
    [
      { operation: 'update', changed: ['active'], state: 'disabled', effect: 'removed' },
      { action: 'disable', outcome: 'removed' },
    ],
    [
      { operation: 'remove', status: 204, effect: 'kept', changed: [] },
      { action: 'remove', outcome: 'kept' },
    ],
    [
      { operation: 'create', status: 201, effect: 'returned', changed: ['userName'] },
      { action: 'create', outcome: 'returned' },
    ],
    [
      { operation: 'remove', status: 204, changed: [] },
      { action: 'remove', outcome: 'succeeded' },
    ],
    [
      { operation: 'update', policy: 'ignore' },
      { action: 'update', outcome: 'ignored', reason: expect.stringContaining('ignores') },
    ],
    [
      { operation: 'read', status: 404, refusal: 'notFound' },
      { action: 'read', outcome: 'refused' },
    ],
    [
      { status: 401, refusal: 'unauthorized' },
      { action: 'unknown', outcome: 'refused' },
    ],
    [
      { operation: 'update', status: 503, refusal: 'unavailable' },
      { action: 'update', outcome: 'failed' },
    ],
    [{ operation: 'update', status: 503, refusal: 'braked' }, { outcome: 'refused' }],
    [
      { operation: 'create', status: 500 },
      { outcome: 'failed', reason: expect.stringContaining('unexpectedError') },
    ],
    [
      { operation: 'several', route: '/Bulk', status: 400, refusal: 'invalidSyntax' },
      { action: 'bulk', outcome: 'refused' },
    ],
    [
      { operation: 'several', route: '/.search', status: 400, refusal: 'tooMany' },
      { action: 'read', outcome: 'refused' },
    ],
    [
      { operation: 'update', status: 413, refusal: 'tooLarge', changed: ['members'] },
      { outcome: 'succeeded', reason: expect.stringMatching(/^The change is made/) },
    ],
    [
      { operation: 'token', status: 401, refusal: 'invalid_client', reason: 'unknownClient' },
      { action: 'token', outcome: 'refused', reason: 'The token endpoint has refused it: invalid_client, unknownClient.' },
    ],
  ])('is a row where something changed or failed: %j', (line, row) => {
    expect(entryOf(line)).toMatchObject({ countsAs: 'row', row });
  });

  it.each([
    [{ operation: 'read' }, 'read'],
    [{ operation: 'read', status: 304 }, 'read'],
    [{ operation: 'discover' }, 'read'],
    [{ operation: 'several', route: '/.search' }, 'read'],
    [{ operation: 'update', changed: [] }, 'unchanged'],
    [{ event: 'bulkOperation', index: 0, operation: 'create', status: 201, changed: [], repeated: true }, 'unchanged'],
    [{ operation: 'token' }, 'token'],
  ])('is only counted where nothing did: %j', (line, countsAs) => {
    expect(entryOf(line)).toMatchObject({ countsAs });
  });

  it('is nothing of its own where a bulk request went on to its operations', () => {
    expect(entryOf({ operation: 'several', route: '/Bulk' })).toBeUndefined();
  });

  it('has the place of the operation within a bulk request', () => {
    expect(entryOf({ event: 'bulkOperation', index: 3, operation: 'remove', status: 204 })).toMatchObject({
      row: { operation: 3, requestId: 'r1' },
    });
  });
});

describe('a line of an act', () => {
  const act = (name: string, more: object = {}) => entryOf({ event: 'admin', act: name, by: 'ops', outcome: 'done', ...more });

  it.each([
    ['resource.disable', { changed: ['active'] }, { action: 'disable', outcome: 'succeeded', by: 'ops', status: null }],
    ['resource.restore', {}, { action: 'restore', outcome: 'succeeded' }],
    ['resource.purge', { outcome: 'refused' }, { action: 'purge', outcome: 'refused' }],
    ['resource.purge', { outcome: 'failed', continued: true }, { action: 'purge', outcome: 'failed' }],
    [
      'directory.import',
      { counts: { created: 2, refused: 1 } },
      { action: 'import', outcome: 'succeeded', reason: 'created 2, refused 1' },
    ],
    ['directory.import', { counts: { membersChanged: 1 } }, { outcome: 'succeeded' }],
    ['directory.import', { counts: { same: 2, refused: 1 } }, { outcome: 'refused' }],
  ])('%s is a row: %j', (name, more, row) => {
    expect(act(name, more)).toMatchObject({ countsAs: 'row', row });
  });

  it.each([
    ['resource.enable', { changed: [] }],
    ['directory.import', { counts: { same: 7 } }],
  ])('%s that changed nothing is only counted', (name, more) => {
    expect(act(name, more)).toMatchObject({ countsAs: 'unchanged' });
  });

  it.each([
    ['token.create', {}],
    ['resource.list', {}],
    ['resource.purge', { dryRun: true }],
    ['resource.purge', { continued: true }],
  ])('%s is nothing of its own: %j', (name, more) => {
    expect(act(name, more)).toBeUndefined();
  });
});

describe('a line of the brake', () => {
  it('is a row', () => {
    expect(entryOf({ event: 'brake', limit: 50 })).toMatchObject({
      row: { action: 'brake', outcome: 'refused', refusal: 'braked', reason: expect.stringMatching(/^50 /) },
    });
  });
});

describe('a line in another form', () => {
  it.each([{}, { event: 'request' }, { ...COMMON, event: 'request', status: 'ok' }, null, { ...COMMON, event: 'work' }])(
    'is not read: %j',
    (record) => {
      expect(readProvisioningLine(record)).toBeUndefined();
    },
  );
});
