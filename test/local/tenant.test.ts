import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readTenant } from '../../local/tenant.ts';
import { temporaryFolder } from '../support/local-folder.ts';

describe('tenant', () => {
  it('takes its name for the stage and /scim/v2 for the base path when its file says neither', async () => {
    expect(await readTenant('example')).toEqual({
      name: 'example',
      stage: 'example',
      basePath: '/scim/v2',
      retentionDays: 30,
      audit: { identifiers: 'plain' },
      events: { values: 'none', retentionDays: 30 },
    });
  });

  it('may have a stage and a base path of its own', async () => {
    expect(await readTenant('inforsts-tst')).toEqual({
      name: 'inforsts-tst',
      stage: 'INFORSTS_TST',
      basePath: '/v2/scim',
      retentionDays: 30,
      audit: { identifiers: 'plain' },
      events: { values: 'none', retentionDays: 30 },
    });
  });

  it('that has no file is refused with the names there are', async () => {
    await expect(readTenant('acme')).rejects.toMatchObject({
      name: 'StartRefusal',
      message: expect.stringMatching(/^There is no tenants\/acme\.json\. TENANT may be example, /),
    });
  });

  it('is told from the other files of the folder', async () => {
    await using folder = await temporaryFolder();
    for (const file of ['a.json', 'account.json', 'account.schema.json']) await writeFile(join(folder.path, file), '{}');

    await expect(readTenant('acme', folder.path)).rejects.toMatchObject({ message: expect.stringMatching(/TENANT may be a\.$/) });
  });

  it.each(['../package', 'a/b', 'Ä', ''])('is never read from outside tenants/: "%s"', async (name) => {
    await expect(readTenant(name)).rejects.toMatchObject({ name: 'StartRefusal' });
  });

  it.each([
    ['{', /not valid JSON/],
    ['{"name":"bad","basePath":"scim/"}', /basePath/],
  ])('whose file holds %s is refused', async (text, words) => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, 'bad.json'), text);

    await expect(readTenant('bad', folder.path)).rejects.toMatchObject({ name: 'StartRefusal', message: expect.stringMatching(words) });
  });
});
