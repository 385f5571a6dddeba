/** What one client did and saw; of an operation whose outcome stayed open, `completedAt` is Infinity. */
export type Operation<Step> = { readonly step: Step; readonly invokedAt: number; readonly completedAt: number };

/** A thing as it would behave if operations on it came one after the other. */
export type Model<State, Step> = {
  readonly initial: State;
  /** The states that the step can lead to; none when what the client saw cannot come from this state. */
  readonly apply: (state: State, step: Step) => readonly State[];
  /** Never changes the state. */
  readonly isRead: (step: Step) => boolean;
  readonly keyOf: (state: State) => string;
};

export type Verdict =
  | { readonly kind: 'linearizable' }
  /** No order explains the history: how far the best one comes, and which operations cannot follow. */
  | { readonly kind: 'anomaly'; readonly explained: number; readonly state: string; readonly stuck: readonly string[] }
  /** More orders than there was patience for. */
  | { readonly kind: 'undecided' };

/** A point of the search: which operations have been put in order, and the state they lead to. */
type Node<State> = {
  /** Every completed operation before this one has its place. */
  readonly base: number;
  /** Those from `base` on, and those whose outcome is open, that have theirs. */
  readonly placed: ReadonlySet<number>;
  readonly state: State;
};

const MAX_NODES = 200_000;

/**
 * Says whether the operations could have happened one at a time, each at some moment between its start and its end.
 *
 * The search is that of Wing and Gong (1993): of the operations that began before any other one ended, each is tried as the
 * next; Lowe's memory of the points already seen keeps it short. An operation with an open outcome may take effect at any
 * time after its start, or never.
 */
export function judge<State, Step>(model: Model<State, Step>, history: readonly Operation<Step>[]): Verdict {
  const operations = history.toSorted((one, other) => one.invokedAt - other.invokedAt);
  const seen = new Set<string>();
  const left: Node<State>[] = [placeReads(model, operations, { base: 0, placed: new Set(), state: model.initial })];
  let furthest = left[0];
  for (let node = left.pop(); node !== undefined; node = left.pop()) {
    if (node.base === operations.length) return { kind: 'linearizable' };
    if (furthest === undefined || node.base > furthest.base) furthest = node;
    const next = following(model, operations, node).filter((one) => !seen.has(pointOf(model, one)));
    for (const one of next) seen.add(pointOf(model, one));
    if (seen.size > MAX_NODES) return { kind: 'undecided' };
    left.push(...next);
  }
  return furthest === undefined ? { kind: 'undecided' } : anomaly(model, operations, furthest);
}

const pointOf = <State>({ keyOf }: Pick<Model<State, never>, 'keyOf'>, { base, placed, state }: Node<State>): string =>
  `${base} ${[...placed].sort((one, other) => one - other)} ${keyOf(state)}`;

/** One operation further, in each way there is; the likeliest, that which ended first, comes last. */
const following = <State, Step>(
  model: Model<State, Step>,
  operations: readonly Operation<Step>[],
  node: Node<State>,
): readonly Node<State>[] =>
  candidates(operations, node)
    .toSorted((one, other) => (operations[other]?.completedAt ?? 0) - (operations[one]?.completedAt ?? 0))
    .flatMap((at) =>
      applied(model, operations, node.state, at).map((state) => placeReads(model, operations, place(operations, node, at, state))),
    );

/** A read that fits now can take its place at once: it stands in nobody's way. */
function placeReads<State, Step>(model: Model<State, Step>, operations: readonly Operation<Step>[], from: Node<State>): Node<State> {
  let node = skip(operations, from);
  for (;;) {
    const { state } = node;
    const fits = (at: number): boolean => {
      const operation = operations[at];
      return operation !== undefined && model.isRead(operation.step) && model.apply(state, operation.step).length > 0;
    };
    const read = candidates(operations, node).find(fits);
    if (read === undefined) return node;
    node = place(operations, node, read, state);
  }
}

const applied = <State, Step>(
  model: Model<State, Step>,
  operations: readonly Operation<Step>[],
  state: State,
  at: number,
): readonly State[] => {
  const operation = operations[at];
  return operation === undefined ? [] : model.apply(state, operation.step);
};

const place = <State, Step>(operations: readonly Operation<Step>[], { base, placed }: Node<State>, at: number, state: State): Node<State> =>
  skip(operations, { base, placed: new Set(placed).add(at), state });

/** Moves the base past what has its place, and past what is open: that never holds up others. */
function skip<State, Step>(operations: readonly Operation<Step>[], node: Node<State>): Node<State> {
  const isOpen = (at: number): boolean => operations[at]?.completedAt === Infinity;
  let { base } = node;
  while (base < operations.length && (node.placed.has(base) || isOpen(base))) base += 1;
  return { ...node, base, placed: new Set([...node.placed].filter((at) => at >= base || isOpen(at))) };
}

/** The operations that can come next: none that began after another one, which is still to be placed, had ended. */
function candidates<State, Step>(operations: readonly Operation<Step>[], { base, placed }: Node<State>): readonly number[] {
  const found: number[] = [];
  let earliestEnd = Infinity;
  for (let at = base; at < operations.length; at += 1) {
    const operation = operations[at];
    if (operation === undefined || operation.invokedAt > earliestEnd) break;
    if (placed.has(at)) continue;
    earliestEnd = Math.min(earliestEnd, operation.completedAt);
    found.push(at);
  }
  const isNext = (at: number): boolean => (operations[at]?.invokedAt ?? Infinity) <= earliestEnd;
  return [...found.filter(isNext), ...openBefore(operations, base).filter((at) => !placed.has(at))];
}

/** Of one history, where the operations with an open outcome are: few, and asked for at every step. */
const openOnes = new WeakMap<readonly Operation<unknown>[], readonly number[]>();

function openBefore(operations: readonly Operation<unknown>[], base: number): readonly number[] {
  const known = openOnes.get(operations) ?? operations.flatMap(({ completedAt }, at) => (completedAt === Infinity ? [at] : []));
  openOnes.set(operations, known);
  return known.filter((at) => at < base);
}

function anomaly<State, Step>(model: Model<State, Step>, operations: readonly Operation<Step>[], node: Node<State>): Verdict {
  const stuck = candidates(operations, node).map((at) =>
    JSON.stringify(operations[at], (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  );
  return { kind: 'anomaly', explained: node.base, state: model.keyOf(node.state), stuck };
}
