import { describe, expect, it } from '@jest/globals';
import { registryFinder } from '../../../../src/directory/schemas/registry-cache.ts';
import { ScimError } from '../../../../src/scim/errors.ts';
import { printCustomization } from '../../../../src/scim/schema/custom/print.ts';
import { REGISTRY } from '../../../../src/scim/schema/resource-types.ts';
import { MemorySchemaStore } from '../../../support/schemas-memory.ts';
import { aCall } from '../../../support/store-call.ts';
import { applied, aSchema, BADGE } from '../../scim/schema/custom/files.ts';

const text = (...attributes: readonly object[]) => printCustomization(applied(aSchema(BADGE, ...attributes)));

function setUp() {
  const schemas = new MemorySchemaStore();
  const notices: string[] = [];
  const world = { nowMs: 0 };
  const find = registryFinder({ schemas, builtIn: REGISTRY, now: () => world.nowMs, notify: (notice) => notices.push(notice) });
  return { schemas, notices, world, find: () => find(aCall()) };
}

describe('finding the resource types of a tenant', () => {
  it('gives the built-in ones where nothing was applied', async () => {
    expect(await setUp().find()).toBe(REGISTRY);
  });

  it('follows a change within 30 s, and asks no earlier', async () => {
    const { schemas, world, find } = setUp();
    await find();
    schemas.stored = { version: 1, text: text() };

    world.nowMs = 29_999;
    expect(await find()).toBe(REGISTRY);
    world.nowMs = 30_000;
    expect((await find())[0]?.extensions).toHaveLength(2);
    expect(schemas.reads).toBe(2);
  });

  it('gives the same object as long as nothing changes', async () => {
    const { schemas, world, find } = setUp();
    schemas.stored = { version: 1, text: text() };
    const first = await find();

    world.nowMs = 30_000;
    schemas.stored = { version: 2, text: text() };

    expect(await find()).toBe(first);
  });

  it('gives the same object to requests that ask at the same time', async () => {
    const { schemas, find } = setUp();
    schemas.stored = { version: 1, text: text() };

    const [one, other] = await Promise.all([find(), find()]);

    expect(one).toBe(other);
  });

  it('keeps the last ones that could be read, and says so once', async () => {
    const { schemas, notices, world, find } = setUp();
    schemas.stored = { version: 1, text: text() };
    const known = await find();
    schemas.stored = { version: 2, text: '{' };

    for (const nowMs of [30_000, 60_000]) {
      world.nowMs = nowMs;
      expect(await find()).toBe(known);
    }
    expect(notices).toEqual([expect.stringContaining('cannot be read')]);

    schemas.stored = { version: 3, text: text({ name: 'other' }) };
    world.nowMs = 90_000;
    expect(await find()).not.toBe(known);
    schemas.stored = { version: 4, text: '' };
    world.nowMs = 120_000;
    await find();
    expect(notices).toHaveLength(2);
  });

  it('refuses, to be asked again, where they never could be read', async () => {
    const { schemas, notices, find } = setUp();
    schemas.stored = { version: 1, text: '[]' };

    await expect(find()).rejects.toMatchObject({ kind: 'unavailable' });
    await expect(find()).rejects.toMatchObject({ kind: 'unavailable' });
    expect(notices).toHaveLength(1);

    schemas.stored = { version: 1, text: text() };
    expect((await find())[0]?.extensions).toHaveLength(2);
  });

  it('lets through that the table is out of reach', async () => {
    const { schemas, find } = setUp();
    schemas.read = () => Promise.reject(new ScimError('unavailable'));

    await expect(find()).rejects.toMatchObject({ kind: 'unavailable' });
  });
});
