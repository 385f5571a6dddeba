import { beforeEach, describe, expect, it } from '@jest/globals';
import { parseAdminRequest } from '../../src/access/admin-request.ts';
import { readCurrent } from '../../src/directory/schemas/administer.ts';
import { applySchemas } from '../../src/directory/schemas/apply-schemas.ts';
import { openSchemaStore } from '../../src/dynamodb/schemas.ts';
import { openDirectoryStore } from '../../src/dynamodb/store.ts';
import { printCustomization } from '../../src/scim/schema/custom/print.ts';
import { readExample, registryWith } from '../support/custom-registry.ts';
import { readTable } from '../support/dynamodb-table.ts';
import { aCall } from '../support/store-call.ts';
import { aGroup, asMember, aUser, create } from '../support/store-resources.ts';
import { type Table, twoTables } from '../support/transfer-scene.ts';
import { aTransfer, exportAll, importAll } from '../support/transfer-services.ts';

let source: Table;
let target: Table;

beforeEach(async () => {
  ({ source, target } = await twoTables());
});

const INFOR = 'urn:ietf:params:scim:schemas:extension:infor:2.0:User';

describe('schemas of an operator', () => {
  const files = [readExample('device.json'), readExample('infor-user.json')];

  async function apply(table: Table, ...documents: readonly unknown[]): Promise<void> {
    for (const document of documents) {
      const request = parseAdminRequest({ act: 'schema.apply', by: 'ada', document });
      if (request.act === 'schema.apply') await applySchemas(aTransfer(table), request, aCall());
    }
  }

  /** Has users matched by their title, and gives what is stored since. */
  async function matchedByTitle(table: Table) {
    const schemas = openSchemaStore(table);
    const { version, customization } = await readCurrent({ schemas }, aCall());
    const matching = [{ type: 'User', path: 'title', state: 'ready', revision: 'r' }] as const;
    await schemas.write({ version: version + 1, text: printCustomization({ ...customization, matching }) }, aCall());
    return () => schemas.read(aCall());
  }

  /** A user with an attribute of the operator's own, and a device in a group. */
  async function fillWithDevices(): Promise<readonly string[]> {
    await apply(source, ...files);
    const store = openDirectoryStore({ ...source, registry: registryWith(...files) });
    const device = await create(store, { ...aUser('x'), type: 'Device', attributes: { serialNumber: 'SN-1', ports: 2 } });
    await create(store, aUser('ada', { [INFOR]: { lnUser: 'ada' } }));
    await create(store, aGroup('Devices'), [asMember(device)]);
    return exportAll(aTransfer(source));
  }

  it('leave alone what resources are matched by, here and there', async () => {
    await apply(source, ...files);
    const [from, to] = await Promise.all([matchedByTitle(source), matchedByTitle(target)]);
    const lines = await exportAll(aTransfer(source));

    const imported = await importAll(aTransfer(target), lines, { onConflict: 'replace' });

    expect(lines[0]).not.toContain('title');
    expect(imported.schemas).toBe('applied');
    expect((await from())?.text).toContain('"path":"title"');
    expect((await to())?.text).toContain('"path":"title"');
  });

  it('come along, with the resources of their types', async () => {
    const lines = await fillWithDevices();

    const imported = await importAll(aTransfer(target), lines);

    expect(imported).toMatchObject({ schemas: 'applied', counts: { created: 3, membersAdded: 1 }, refused: [] });
    expect((await importAll(aTransfer(target), lines)).schemas).toBe('same');
    expect(await exportAll(aTransfer(target))).toEqual(lines);
  });

  it('are only judged in a dry run, and the resources by them', async () => {
    const lines = await fillWithDevices();

    const judged = await importAll(aTransfer(target), lines, { dryRun: true });

    expect(judged).toMatchObject({ schemas: 'applied', counts: { created: 3, membersAdded: 1 }, refused: [] });
    expect(await readTable(target.client, target.tableName)).toEqual([]);
  });

  it('are refused, kept or replaced where there are others', async () => {
    const lines = await fillWithDevices();
    await apply(target, files[1]);

    await expect(importAll(aTransfer(target), lines)).rejects.toThrow(/line 1: the schemas of the file are others/);
    const kept = await importAll(aTransfer(target), lines, { onConflict: 'skip' });
    const replaced = await importAll(aTransfer(target), lines, { onConflict: 'replace' });

    expect(kept).toMatchObject({ schemas: 'kept', counts: { created: 2, refused: 1, membersUnknown: 1 } });
    expect(kept.refused[0]?.message).toContain('there is no resource type "Device" here');
    expect(replaced).toMatchObject({ schemas: 'applied', counts: { created: 1, same: 2, membersAdded: 1 } });
    expect(await exportAll(aTransfer(target))).toEqual(lines);
  });

  it('are refused when they contradict themselves, as in a schema file', async () => {
    const [header = '', ...lines] = await fillWithDevices();
    const contradiction = header.replace('"endpoint":"/Devices"', '"endpoint":"/Users"');

    await expect(importAll(aTransfer(target), [contradiction, ...lines])).rejects.toThrow(/\/Users/);
    expect(await readTable(target.client, target.tableName)).toEqual([]);
  });
});
