import type { Model } from './linearizable.ts';

/** One attribute of one user. Every value that is written is new, so a value says who wrote it. */
export type RegisterStep =
  | { readonly kind: 'write'; readonly value: string }
  | { readonly kind: 'read'; readonly value: string }
  /** A write on the condition that nothing has changed since `from` was read: done, or refused. */
  | { readonly kind: 'swap'; readonly from: string; readonly to: string }
  | { readonly kind: 'refused swap'; readonly from: string };

export const register = (initial: string): Model<string, RegisterStep> => ({
  initial,
  apply: (state, step) => {
    switch (step.kind) {
      case 'write':
        return [step.value];
      case 'read':
        return state === step.value ? [state] : [];
      case 'swap':
        return state === step.from ? [step.to] : [];
      case 'refused swap':
        return state === step.from ? [] : [state];
    }
  },
  isRead: ({ kind }) => kind === 'read' || kind === 'refused swap',
  keyOf: (state) => state,
});

/** The members of one group, a bit for each. */
export type SetStep =
  | { readonly kind: 'add' | 'remove' | 'replace' | 'read'; readonly members: bigint }
  /** What one member's own `groups` say. */
  | { readonly kind: 'has' | 'has not'; readonly members: bigint }
  | { readonly kind: 'delete' }
  /** Answered that there is no such group. */
  | { readonly kind: 'gone' };

const GONE = -1n;

export const memberSet = (initial: bigint): Model<bigint, SetStep> => ({
  initial,
  apply: (state, step) => (state === GONE ? afterEnd(step) : whileThere(state, step)),
  isRead: ({ kind }) => kind === 'read' || kind === 'has' || kind === 'has not' || kind === 'gone',
  keyOf: String,
});

const afterEnd = ({ kind }: SetStep): readonly bigint[] => (kind === 'gone' || kind === 'has not' ? [GONE] : []);

function whileThere(state: bigint, step: SetStep): readonly bigint[] {
  switch (step.kind) {
    case 'add':
      return [state | step.members];
    case 'remove':
      return [state & ~step.members];
    case 'replace':
      return [step.members];
    case 'read':
      return state === step.members ? [state] : [];
    case 'has':
      return (state & step.members) === step.members ? [state] : [];
    case 'has not':
      return (state & step.members) === 0n ? [state] : [];
    case 'delete':
      return [GONE];
    case 'gone':
      return [];
  }
}

/** Who holds one unique name. */
export type NameStep =
  /** Without an id when the answer did not come. */
  | { readonly kind: 'create'; readonly id: string | undefined }
  | { readonly kind: 'conflict' }
  | { readonly kind: 'delete'; readonly id: string }
  /** Answered that there is no such resource. */
  | { readonly kind: 'not there'; readonly id: string }
  | { readonly kind: 'look up'; readonly id: string | undefined };

const NOBODY = '';
const SOMEBODY = '?';

export const uniqueName: Model<string, NameStep> = {
  initial: NOBODY,
  apply: (state, step) => {
    switch (step.kind) {
      case 'create':
        return state === NOBODY ? [step.id ?? SOMEBODY] : [];
      case 'conflict':
        return state === NOBODY ? [] : [state];
      case 'delete':
        return state === step.id || state === SOMEBODY ? [NOBODY] : [];
      case 'not there':
        return state === step.id ? [] : [state];
      case 'look up':
        return seenAs(state, step.id);
    }
  },
  isRead: ({ kind }) => kind === 'conflict' || kind === 'not there',
  keyOf: (state) => state,
};

/** Whoever was created without an answer is known once seen. */
function seenAs(state: string, id: string | undefined): readonly string[] {
  if (state === SOMEBODY) return id === undefined ? [] : [id];
  return state === (id ?? NOBODY) ? [state] : [];
}
