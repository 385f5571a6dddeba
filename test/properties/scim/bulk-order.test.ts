import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openCircle } from '../../../src/scim/bulk/open-circle.ts';
import { type Dependencies, orderBlocks } from '../../../src/scim/bulk/order.ts';

const dependencies: fc.Arbitrary<Dependencies> = fc
  .integer({ min: 0, max: 12 })
  .chain((count) => fc.array(fc.array(fc.nat({ max: Math.max(0, count - 1) }), { maxLength: 3 }), { minLength: count, maxLength: count }));

/** Says by brute force whether `from` refers to `to`, directly or not. */
function reaches(graph: Dependencies, from: number, to: number, seen: ReadonlySet<number> = new Set()): boolean {
  return (graph[from] ?? []).some((next) => next === to || (!seen.has(next) && reaches(graph, next, to, new Set([...seen, next]))));
}

const placesOf = (blocks: readonly (readonly number[])[]): ReadonlyMap<number, number> =>
  new Map(blocks.flatMap((block, place) => block.map((index) => [index, place] as const)));

describe('the order of the operations in a bulk request', () => {
  it('has each operation once', () => {
    fc.assert(
      fc.property(dependencies, (graph) => {
        expect(
          orderBlocks(graph)
            .flat()
            .sort((left, right) => left - right),
        ).toEqual([...graph.keys()]);
      }),
    );
  });

  it('has what an operation refers to no later than the operation', () => {
    fc.assert(
      fc.property(dependencies, (graph) => {
        const places = placesOf(orderBlocks(graph));

        for (const [index, referred] of graph.entries()) {
          for (const each of referred) expect(places.get(each)).toBeLessThanOrEqual(places.get(index) ?? -1);
        }
      }),
    );
  });

  it('has together those that refer to each other in a circle, and no others', () => {
    fc.assert(
      fc.property(dependencies, (graph) => {
        const places = placesOf(orderBlocks(graph));

        for (const [one, other] of pairs(graph.length)) {
          expect(places.get(one) === places.get(other)).toBe(reaches(graph, one, other) && reaches(graph, other, one));
        }
      }),
    );
  });

  it('keeps two operations in the order of the request unless the earlier one has to wait', () => {
    fc.assert(
      fc.property(dependencies, (graph) => {
        const places = placesOf(orderBlocks(graph));
        const hasToWait = (index: number): boolean => [...graph.keys()].some((later) => later > index && reaches(graph, index, later));

        for (const [earlier, later] of pairs(graph.length)) {
          if (!hasToWait(earlier)) expect(places.get(earlier)).toBeLessThan(places.get(later) ?? -1);
        }
      }),
    );
  });

  it('is that of the request where nothing refers to what comes later', () => {
    fc.assert(
      fc.property(dependencies, (graph) => {
        const backwards = graph.map((referred, index) => referred.filter((each) => each < index));

        expect(orderBlocks(backwards)).toEqual(backwards.map((_, index) => [index]));
      }),
    );
  });

  it('opens each circle so that nothing but what waits refers to what comes later', () => {
    fc.assert(
      fc.property(dependencies, fc.func(fc.boolean()), (graph, isBound) => {
        for (const block of orderBlocks(graph)) {
          const steps = openCircle(block, graph, isBound);
          const places = new Map(steps.map(({ index }, place) => [index, place]));

          expect([...places.keys()].sort((left, right) => left - right)).toEqual(block);
          for (const { index, waiting } of steps) {
            const later = (graph[index] ?? []).filter((each) => (places.get(each) ?? -1) >= (places.get(index) ?? -1));
            expect(new Set(waiting)).toEqual(new Set(later));
          }
        }
      }),
    );
  });
});

const pairs = (count: number): readonly (readonly [number, number])[] =>
  Array.from({ length: count }, (_, earlier) =>
    Array.from({ length: count - earlier - 1 }, (__, at) => [earlier, earlier + at + 1] as const),
  ).flat();
