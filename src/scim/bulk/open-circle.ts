import type { Block, Dependencies } from './order.ts';

/** One operation of a circle, and which of its references have to wait because what they refer to comes later. */
export type Step = { readonly index: number; readonly waiting: readonly number[] };

/**
 * Opens a circle: orders its operations so that as few references as a single pass can tell have to wait.
 *
 * It is opened at an operation that can do without its references for a while, if there is one: `isBound` says which
 * cannot, because a required attribute holds them.
 */
export function openCircle(circle: Block, dependencies: Dependencies, isBound: (index: number) => boolean): readonly Step[] {
  const members = new Set(circle);
  const waitingFor = new Map(circle.map((index) => [index, new Set(dependencies[index]?.filter((each) => members.has(each)))]));
  const dependants = new Map(circle.map((index): [number, number[]] => [index, []]));
  for (const [index, referred] of waitingFor) for (const each of referred) dependants.get(each)?.push(index);
  const steps: Step[] = [];
  const started = new Set<number>();
  const start = (index: number): void => {
    if (started.has(index)) return;
    started.add(index);
    steps.push({ index, waiting: [...(waitingFor.get(index) ?? [])] });
    for (const dependant of dependants.get(index) ?? []) {
      waitingFor.get(dependant)?.delete(index);
      if (waitingFor.get(dependant)?.size === 0) start(dependant);
    }
  };
  for (const index of [...circle.filter((each) => !isBound(each)), ...circle]) start(index);
  return steps;
}
