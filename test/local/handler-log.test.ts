import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { openHandlerLog } from '../../local/handler-log.ts';
import { temporaryFolder } from '../support/local-folder.ts';

describe('handler log', () => {
  it('is added to at once, and is readable to its owner alone', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'scim.log');

    openHandlerLog(file).write('first\n');
    openHandlerLog(file).write(Buffer.from('second\n'));

    expect(await readFile(file, 'utf8')).toBe('first\nsecond\n');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('begins a new file when the old one is full, and keeps one old file', async () => {
    await using folder = await temporaryFolder();
    const file = join(folder.path, 'scim.log');
    const log = openHandlerLog(file, 10);

    for (const line of ['1234567890\n', 'abcdefghij\n', 'last\n']) log.write(line);

    expect(await readFile(file, 'utf8')).toBe('last\n');
    expect(await readFile(`${file}.1`, 'utf8')).toBe('abcdefghij\n');
  });
});
