import { describe, expect, it } from '@jest/globals';
import { hashIdentifier } from '../../../src/access/identifier-key.ts';
import { hashingIdentifiers } from '../../../src/runtime/hashed-identifiers.ts';
import type { LogLine } from '../../../src/runtime/log.ts';
import { writeLog } from '../../../src/runtime/write-log.ts';

const KEY = 'A'.repeat(43);

const RENAME: LogLine = {
  event: 'bulkOperation',
  requestId: 'r',
  tenant: 'acme',
  index: 0,
  status: 200,
  application: 'default',
  credential: 'c',
  subject: 'Ada@example.com',
  previousSubject: 'ada.l@example.com',
};

const ACT: LogLine = {
  event: 'admin',
  requestId: 'r',
  tenant: 'acme',
  act: 'resource.purge',
  by: 'ops',
  subject: 'ada',
  outcome: 'done',
  at: '',
};

function written(line: LogLine, key: string | undefined) {
  const texts: string[] = [];
  hashingIdentifiers(
    writeLog(
      (text) => texts.push(text),
      () => 0,
    ),
    () => key,
  )(line);
  return JSON.parse(texts.join(''));
}

describe('a log that hashes identifiers', () => {
  it('has a hash of each name in its place, in the lines of requests and of acts', () => {
    expect(written(RENAME, KEY)).toMatchObject({
      subject: hashIdentifier(KEY, 'ada@example.com'),
      previousSubject: hashIdentifier(KEY, 'ada.l@example.com'),
      application: 'default',
    });
    expect(written(ACT, KEY)).toMatchObject({ subject: hashIdentifier(KEY, 'ada'), by: 'ops' });
  });

  it('names nobody while it has no key', () => {
    expect(Object.keys(written(RENAME, undefined))).not.toContain('subject');
    expect(JSON.stringify([written(RENAME, undefined), written(ACT, undefined)])).not.toMatch(/ada/i);
  });

  it('leaves alone what names nobody', () => {
    expect(written({ event: 'notice', tenant: 'acme', notice: 'x' }, KEY)).toMatchObject({ event: 'notice', notice: 'x' });
  });
});
