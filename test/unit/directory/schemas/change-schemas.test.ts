import { describe, expect, it } from '@jest/globals';
import type { RequestOf } from '../../../../src/access/admin-request.ts';
import { parseAdminRequest } from '../../../../src/access/admin-request.ts';
import { applySchemas } from '../../../../src/directory/schemas/apply-schemas.ts';
import { removeSchema } from '../../../../src/directory/schemas/remove-schema.ts';
import { listSchemas, showSchema } from '../../../../src/directory/schemas/show-schemas.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';
import { aSchemaAdministration, type Collections, MemorySchemaStore } from '../../../support/schemas-memory.ts';
import { aCall } from '../../../support/store-call.ts';
import { aSchema, aType, BADGE, DEVICE } from '../../scim/schema/custom/files.ts';

const request = <Act extends 'schema.apply' | 'schema.list' | 'schema.show' | 'schema.remove'>(act: Act, asked: object = {}) =>
  parseAdminRequest({ act, by: 'ada', ...asked }) as RequestOf<Act>;

function setUp(collections: Collections = {}, schemas = new MemorySchemaStore()) {
  const administration = aSchemaAdministration(schemas, collections);
  return {
    schemas,
    administration,
    apply: (document: unknown, asked: object = {}) =>
      applySchemas(administration, request('schema.apply', { document, ...asked }), aCall()),
    remove: (schema: string, asked: object = {}) => removeSchema(administration, request('schema.remove', { schema, ...asked }), aCall()),
    show: (schema: string) => showSchema(administration, request('schema.show', { schema }), aCall()),
    list: () => listSchemas(administration, request('schema.list'), aCall()),
  };
}

const refused = (words: string | RegExp) => ({
  name: 'AdminRefusal',
  message: typeof words === 'string' ? expect.stringContaining(words) : expect.stringMatching(words),
});

describe('applying a file', () => {
  it('stores what it adds, says what that is, and names it in the trace', async () => {
    const { apply, schemas } = setUp();

    const { result, event } = await apply(aSchema(BADGE));

    expect(result).toEqual({
      dryRun: false,
      changes: [
        { kind: 'added', subject: BADGE, detail: '1 attribute' },
        { kind: 'added', subject: `extension ${BADGE} of User` },
      ],
    });
    expect(event).toEqual({ event: 'admin', act: 'schema.apply', by: 'ada', schemas: [BADGE], at: '2026-01-01T00:00:00.000Z' });
    expect(schemas.stored).toMatchObject({ version: 1, text: expect.stringContaining(BADGE) });
  });

  it('changes nothing in a dry run', async () => {
    const { apply, schemas } = setUp();

    const { result, event } = await apply(aSchema(BADGE), { dryRun: true });

    expect(result).toMatchObject({ dryRun: true, changes: [{ kind: 'added' }, { kind: 'added' }] });
    expect(event).toMatchObject({ dryRun: true });
    expect(schemas.stored).toBeUndefined();
  });

  it('leaves alone, and says so, what is there already', async () => {
    const { apply, schemas } = setUp();
    const file = [aSchema(DEVICE), aType('Device', DEVICE), aSchema(BADGE)];
    await apply(file);

    const { result } = await apply(file);
    const { result: changed } = await apply([aSchema(DEVICE, { name: 'code', required: true }), aType('Device', DEVICE), aSchema(BADGE)]);

    expect(result.changes).toEqual([
      { kind: 'unchanged', subject: DEVICE },
      { kind: 'unchanged', subject: BADGE },
      { kind: 'unchanged', subject: 'resource type Device' },
    ]);
    expect(changed.changes.map(({ kind, subject }) => `${kind} ${subject}`)).toEqual([
      `changed ${DEVICE}:code`,
      `unchanged ${BADGE}`,
      'unchanged resource type Device',
    ]);
    expect(schemas.stored?.version).toBe(2);
  });

  it('tells a type that has an extension more from one that is unchanged', async () => {
    const { apply } = setUp();
    await apply([aSchema(DEVICE), aType('Device', DEVICE), aSchema(BADGE)]);

    const { result } = await apply(aType('Device', DEVICE, { schemaExtensions: [{ schema: BADGE, required: false }] }));

    expect(result.changes).toEqual([{ kind: 'added', subject: `extension ${BADGE} of Device` }]);
  });

  it.each([
    [aSchema(BADGE, { name: 'a', type: 'strng' }), 'attributes[0].type of "a"'],
    [aSchema('urn:example:other'), '--extends User'],
    [aSchema(BADGE, { name: 'groups' }), 'kept apart'],
  ])('refuses %j in words', async (document, words) => {
    const { apply, schemas } = setUp();

    await expect(apply(document)).rejects.toMatchObject(refused(words));
    expect(schemas.stored).toBeUndefined();
  });

  it('decides again when another change came first', async () => {
    const schemas = new MemorySchemaStore();
    const other = setUp({}, schemas);
    const read = schemas.read.bind(schemas);
    let isFirst = true;
    const racing = Object.assign(Object.create(schemas) as MemorySchemaStore, {
      write: async (...args: Parameters<MemorySchemaStore['write']>) => {
        if (isFirst) await other.apply([aSchema(DEVICE), aType('Device', DEVICE)]);
        isFirst = false;
        return schemas.write(...args);
      },
      read,
    });

    await setUp({}, racing).apply(aSchema(BADGE));

    expect(schemas.stored).toMatchObject({ version: 2, text: expect.stringMatching(/Device.*badge/) });
  });

  it.each([
    ['text', { version: 3, text: '{"of":"another version"}' }],
    ['version', { version: 0, text: '{"schemas":[],"types":[],"removed":[],"onceUnique":[]}' }],
  ])('does not write over what has a %s it cannot read', async (_what, stored) => {
    const { apply, schemas } = setUp();
    schemas.stored = stored;

    await expect(apply(aSchema(BADGE))).rejects.toMatchObject(refused('deploy the version that wrote them'));
    expect(schemas.stored).toBe(stored);
  });

  it('goes on with however many attributes there once were', async () => {
    const { apply, remove, schemas } = setUp();
    const attributes = Array.from({ length: 200 }, (_, at) => ({ name: `a${at}`.padEnd(64, 'x') }));

    for (let at = 0; at < 5; at += 1) {
      const urn = `urn:example:extension:${at}`.padEnd(195, 'x');
      await apply(aSchema(`${urn}:User`, ...attributes));
      await remove(`${urn}:User`);
    }

    expect((await apply(aSchema(BADGE))).result.changes).toMatchObject([{ kind: 'added' }, { kind: 'added' }]);
    expect(schemas.stored?.text.length).toBeLessThan(250_000);
  });

  it('lets a bug through', async () => {
    const { apply, schemas } = setUp();
    schemas.write = () => Promise.reject(new TypeError('a bug'));

    await expect(apply(aSchema(BADGE))).rejects.toThrow('a bug');
  });
});

describe('a change that stored values stand in the way of', () => {
  const users = Array.from({ length: 8 }, (_, at) => (at === 0 ? { userName: 'x' } : { userName: 'x', [BADGE]: { code: String(at) } }));

  it('is refused with how many and which resources have one, and what to do', async () => {
    const { apply, remove, schemas } = setUp({ User: users });
    await apply(aSchema(BADGE));

    const refusal = refused(
      new RegExp(
        `^${BADGE}:code: stored values would be lost, of 7 User \\(id-2, id-3, id-4, id-5, id-6 and 2 more\\); clear these values first`,
      ),
    );
    await expect(remove(BADGE)).rejects.toMatchObject(refusal);
    await expect(remove(BADGE, { dryRun: true })).rejects.toMatchObject(refusal);
    expect(schemas.stored?.version).toBe(1);
  });

  it('is carried out where there are none', async () => {
    const { apply, remove, schemas } = setUp({ User: users.slice(0, 1) });
    await apply(aSchema(BADGE));

    const { result, event } = await remove(BADGE);

    expect(result.changes).toMatchObject([{ kind: 'removed' }, { kind: 'removed' }]);
    expect(event).toMatchObject({ act: 'schema.remove', schemas: [BADGE] });
    expect(schemas.stored?.version).toBe(2);
  });

  it('is said to be dry in its trace', async () => {
    const { apply, remove, schemas } = setUp();
    await apply(aSchema(BADGE));

    expect((await remove(BADGE, { dryRun: true })).event).toMatchObject({ dryRun: true });
    expect(schemas.stored?.version).toBe(1);
  });

  it('looks only where something may stand in the way', async () => {
    const { apply, remove, administration } = setUp({ User: users, Device: [{}] });
    await apply([aSchema(DEVICE, { name: 'a' }), aType('Device', DEVICE)]);
    const looked: string[] = [];
    const { scan } = administration.directory;
    Object.assign(administration.directory, {
      scan: (...args: Parameters<typeof scan>) => {
        looked.push(args[0]);
        return scan(...args);
      },
    });

    await expect(remove(DEVICE)).rejects.toMatchObject(refused('Device: resources would be lost, of 1 Device (id-1); delete them first.'));
    expect(looked).toEqual(['Device']);
  });

  it('is refused when there is too much to look at', async () => {
    const schemas = new MemorySchemaStore();
    await setUp({}, schemas).apply(aSchema(BADGE));
    let nowMs = 0;
    const administration = aSchemaAdministration(schemas, { User: users.map(() => ({})) }, () => {
      nowMs += 1_000;
      return nowMs;
    });
    const call = { ...aCall(), deadlineMs: 4_000 };

    await expect(removeSchema(administration, request('schema.remove', { schema: BADGE }), call)).rejects.toMatchObject(
      refused('only 6 of 8 User resources could be looked at'),
    );
  });
});

describe('looking at schemas', () => {
  it('lists what there is, and what it is for', async () => {
    const { apply, list } = setUp();
    await apply([aSchema(DEVICE), aType('Device', DEVICE, { schemaExtensions: [{ schema: BADGE, required: true }] }), aSchema(BADGE)]);

    const { result } = await list();

    expect(result.schemas.map(({ origin, core, extends: extended }) => [origin, ...core, ...extended])).toEqual([
      ['built in', { type: 'User', endpoint: '/Users' }],
      ['built in', { type: 'User', required: false }],
      ['built in', { type: 'Group', endpoint: '/Groups' }],
      ['applied', { type: 'Device', endpoint: '/Devices' }],
      ['applied', { type: 'Device', required: true }],
    ]);
    expect(result.schemas.at(-1)).toMatchObject({ id: BADGE, name: 'User', attributes: 1 });
  });

  it('shows one so that it can be applied again', async () => {
    const { apply, show } = setUp();
    await apply(aSchema(BADGE));

    const { result, event } = await show(BADGE.toUpperCase());

    expect(result.schema).not.toHaveProperty('meta');
    expect((await apply(result.schema)).result.changes).toEqual([{ kind: 'unchanged', subject: BADGE }]);
    expect(event).toMatchObject({ schemas: [BADGE] });
    expect((await show(USER.schema.id)).result.schema).toMatchObject({ id: USER.schema.id });
  });

  it('knows none by another name', async () => {
    await expect(setUp().show('urn:example:none')).rejects.toMatchObject(refused('There is no schema urn:example:none'));
  });
});
