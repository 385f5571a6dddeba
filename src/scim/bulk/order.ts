/** Operations that refer to each other in a circle, or one alone, by their indexes in the request's order. */
export type Block = readonly number[];

/** For each operation the indexes of those it refers to. */
export type Dependencies = readonly (readonly number[])[];

/**
 * Orders operations so that each comes after all it refers to, and otherwise as in the request; those that refer to each
 * other in a circle stay together (RFC 7644 §3.7.1).
 *
 * One that has to wait comes right after the last it waits for: it is the one that is moved, not what it refers to.
 */
export function orderBlocks(dependencies: Dependencies): readonly Block[] {
  const ordered: Block[] = [];
  const release = (node: Node): void => {
    node.waitsFor -= 1;
    if (node.waitsFor > 0) return;
    ordered.push(node.block);
    for (const dependant of node.dependants) release(dependant);
  };
  for (const node of nodesOf(dependencies)) release(node);
  return ordered;
}

/** A block on its way into the order: it waits for its own members to be reached, and for the blocks it refers to. */
type Node = { readonly block: Block; waitsFor: number; readonly dependants: Set<Node> };

/** For each operation, the node of the block it is in. */
function nodesOf(dependencies: Dependencies): readonly Node[] {
  const nodes = new Map<number, Node>();
  for (const block of circlesIn(dependencies)) {
    const node: Node = { block, waitsFor: block.length, dependants: new Set() };
    for (const index of block) nodes.set(index, node);
  }
  for (const [index, referred] of dependencies.entries()) {
    for (const each of referred) link(nodes.get(each), nodes.get(index));
  }
  return dependencies.flatMap((_, index) => nodes.get(index) ?? []);
}

function link(referred: Node | undefined, dependant: Node | undefined): void {
  if (referred === undefined || dependant === undefined || referred === dependant || referred.dependants.has(dependant)) return;
  referred.dependants.add(dependant);
  dependant.waitsFor += 1;
}

/** The strongly connected components, by Kosaraju's two passes. */
function circlesIn(dependencies: Dependencies): readonly Block[] {
  const dependants = reversed(dependencies);
  const finished: number[] = [];
  const seen = new Set<number>();
  for (const index of dependencies.keys()) walk(index, dependencies, seen, finished);
  const assigned = new Set<number>();
  return finished.reverse().flatMap((index) => {
    const block: number[] = [];
    walk(index, dependants, assigned, block);
    return block.length === 0 ? [] : [block.sort((left, right) => left - right)];
  });
}

/** Goes as deep as it can before it adds where it is; the number of operations bounds the depth. */
function walk(index: number, edges: Dependencies, seen: Set<number>, finished: number[]): void {
  if (seen.has(index)) return;
  seen.add(index);
  for (const next of edges[index] ?? []) walk(next, edges, seen, finished);
  finished.push(index);
}

function reversed(dependencies: Dependencies): Dependencies {
  const dependants = dependencies.map((): number[] => []);
  for (const [index, referred] of dependencies.entries()) for (const each of referred) dependants[each]?.push(index);
  return dependants;
}
