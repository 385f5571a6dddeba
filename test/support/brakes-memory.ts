import type { BrakeState, RemovalBrakes } from '../../src/directory/brake/ports.ts';

const NOTHING: BrakeState = { counts: new Map(), generation: undefined, trippedAt: undefined, releasedUntilMs: undefined };

/** Brakes in memory; what they would have counted may be set. */
export class MemoryBrakes implements RemovalBrakes {
  readonly states = new Map<string, BrakeState>();

  async read(application: string): Promise<BrakeState> {
    return this.states.get(application) ?? NOTHING;
  }

  async trip(application: string, at: Date): Promise<boolean> {
    const state = await this.read(application);
    this.states.set(application, { ...state, trippedAt: at.toISOString() });
    return state.trippedAt === undefined;
  }

  async release(application: string, { at, until }: { readonly at: Date; readonly until: Date }): Promise<void> {
    this.states.set(application, { ...NOTHING, generation: at.getTime(), releasedUntilMs: until.getTime() });
  }
}
