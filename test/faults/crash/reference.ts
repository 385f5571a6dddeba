import { type RawItem, readTable } from '../../support/dynamodb-table.ts';
import { openSite, type Site } from '../../support/site.ts';
import type { Act, Answered, Operation, Scene } from './operation.ts';
import { type View, viewOf } from './view.ts';
import { aWorld } from './world.ts';

/** An operation on a world that is there, and what comes of it where nothing happens to it: all else is held against this. */
export type Rehearsed = {
  readonly scene: Scene;
  /** A new site with this world on it. */
  readonly open: () => Promise<Site>;
  /** What may be seen when it broke off: nothing of it, all of it, and what is between its parts where it has some. */
  readonly states: readonly View[];
  /** What is there at the end, however often it was repeated. */
  readonly done: View;
  /** What it is answered, and what whoever asks for the same again. */
  readonly answers: readonly [Answered, Answered];
};

export async function rehearse({ transactionLimit, policy, prepare, stage }: Operation): Promise<Rehearsed> {
  const openWith = (items: readonly RawItem[]) => openSite(transactionLimit, items, undefined, policy);
  const first = await openWith([]);
  const process = await first.begin();
  const world = await aWorld(process);
  for (const act of prepare?.(world) ?? []) await act(process);
  const scene = stage(world);
  const items = await readTable(first.client, first.tableName);
  const open = () => openWith(items);
  const before = await outcomeOf(open, scene, []);
  const parts = await Promise.all((scene.parts ?? []).map((part) => outcomeOf(open, scene, [part])));
  const once = await outcomeOf(open, scene, [scene.act]);
  const twice = await outcomeOf(open, scene, [scene.act, scene.act]);
  return {
    scene,
    open,
    states: [before, ...parts, once].map(({ view }) => view),
    done: twice.view,
    answers: [once.answers[0] ?? [], twice.answers[1] ?? []],
  };
}

/** What may be there after it and what somebody else did at the same time; the last is without it. */
export async function serialOutcomes({ scene, open }: Rehearsed, other: Act): Promise<readonly View[]> {
  const orders = [[scene.act, other], [other, scene.act], [other]];
  const outcomes = await Promise.all(orders.map((acts) => outcomeOf(open, scene, acts)));
  return outcomes.map(({ view }) => view);
}

async function outcomeOf(open: Rehearsed['open'], scene: Scene, acts: readonly Act[]) {
  const process = await (await open()).begin();
  const answers: Answered[] = [];
  for (const act of acts) answers.push(await act(process));
  return { answers, view: await viewOf(process, scene) };
}
