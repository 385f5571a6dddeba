import { describe, expect, it } from '@jest/globals';
import { type DirectoryStore, exceeds, type Include, type Loaded } from '../../../src/directory/ports.ts';
import { relateListed } from '../../../src/directory/relate-listed.ts';
import type { Member } from '../../../src/directory/resource.ts';
import { GROUP } from '../../../src/scim/schema/resource-types.ts';
import { aContext } from '../../support/request-context.ts';
import { aStoredGroup } from '../../support/stored-resources.ts';

const selection = { type: GROUP, query: { startIndex: 1, count: 100, projection: {} } };
const MEMBERS = { selection, read: {}, include: { members: { atMost: 50_000 } } };

/** A page of groups with so many members each, and what is read of them. */
function pageOf(sizes: readonly number[], members?: readonly Member[]) {
  const reads: (readonly string[])[] = [];
  const loaded = sizes.map((size) => ({ resource: aStoredGroup({ id: `of ${size}` }), ...(members && { members }) }));
  const relate: DirectoryStore['relate'] = async (resources, include) => {
    reads.push(resources.map(({ id }) => id));
    return resources.map((resource) => ({ resource, ...membersOf(Number(resource.id.slice(3)), include) }));
  };
  const read = (plan: Parameters<typeof relateListed>[2]) => relateListed({ store: { relate } }, aContext(), plan, loaded);
  return { reads, loaded, read };
}

function membersOf(size: number, include: Include): Omit<Loaded, 'resource'> {
  if (include.members === undefined || include.members === false || exceeds(include.members, size)) return {};
  return { members: Array.from({ length: size }, () => ({ value: 'member', type: 'User' })) };
}

const sizesOf = (related: readonly Loaded[]) => related.map(({ members }) => members?.length);

describe('the groups of a page', () => {
  it('are read at once where each has few members', async () => {
    const { reads, read } = pageOf([100, 0, 100]);

    expect(sizesOf(await read(MEMBERS))).toEqual([100, 0, 100]);
    expect(reads).toEqual([['of 100', 'of 0', 'of 100']]);
  });

  it('are read four at a time where they have more, and keep their order', async () => {
    const { reads, read } = pageOf([101, 1, 102, 103, 2, 104, 105, 3]);

    expect(sizesOf(await read(MEMBERS))).toEqual([101, 1, 102, 103, 2, 104, 105, 3]);
    expect(reads.slice(1)).toEqual([['of 101', 'of 102', 'of 103', 'of 104'], ['of 105']]);
  });

  it('end where one answer can carry no more members, and the others are not read', async () => {
    const { reads, read } = pageOf([29_999, 1, 200, 201, 202, 203, 204]);

    expect(sizesOf(await read(MEMBERS))).toEqual([29_999, 1]);
    expect(reads.slice(1)).toEqual([['of 29999', 'of 200', 'of 201', 'of 202']]);
  });

  it('are one at least', async () => {
    expect(sizesOf(await pageOf([40_000, 1]).read(MEMBERS))).toEqual([40_000]);
  });

  it.each([
    { read: { members: true }, include: MEMBERS.include },
    { read: MEMBERS.include, include: MEMBERS.include },
    { read: {}, include: { members: false } },
  ])('are not read again where nothing more is wanted: %j', async (plan) => {
    const { reads, loaded, read } = pageOf([5, 500], [{ value: 'member', type: 'User' }]);

    expect(await read({ selection, ...plan })).toBe(loaded);
    expect(reads).toEqual([]);
  });

  it('end before one that no answer could carry, which is refused where it comes first, with a way out', async () => {
    expect(sizesOf(await pageOf([5, 200, 60_000, 6]).read(MEMBERS))).toEqual([5, 200]);
    await expect(pageOf([60_000, 5]).read(MEMBERS)).rejects.toMatchObject({
      kind: 'tooLarge',
      message: expect.stringMatching(/excludedAttributes=members.*groups\.value eq "of 60000"/),
    });
    await expect(pageOf([7]).read({ ...MEMBERS, read: MEMBERS.include })).rejects.toMatchObject({ kind: 'tooLarge' });
  });

  it('may be none', async () => {
    const { reads, read } = pageOf([]);

    expect(await read(MEMBERS)).toEqual([]);
    expect(reads).toEqual([]);
  });
});
