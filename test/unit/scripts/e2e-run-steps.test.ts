import { describe, expect, it } from '@jest/globals';
import { runSteps } from '../../../scripts/e2e/run-steps.ts';
import type { Step, World } from '../../../scripts/e2e/world.ts';

function aWorld(signal = new AbortController().signal) {
  const said: string[] = [];
  const say = (line: string): void => void said.push(line);
  const emulator = { endpoint: '', peakBytes: () => 0, [Symbol.asyncDispose]: async () => {} };
  const world: World = {
    folder: '',
    tenantsFolder: '',
    emulator,
    outputs: new Map(),
    requestIds: new Map(),
    secrets: new Set(),
    say,
    signal,
  };
  return { world, said };
}

const step = (name: string, run: Step['run']): Step => ({ name, run });

describe('runSteps', () => {
  it('counts what holds and what does not, and goes on', async () => {
    const { world, said } = aWorld();

    const score = await runSteps(
      [
        step('one', async (_world, check) => {
          check('a', true);
          check('b', false, 'because');
        }),
        step('two', async (_world, check) => check('c', true)),
      ],
      world,
    );

    expect(score).toEqual({ passed: 2, failed: 1 });
    expect(said.join('\n')).toMatch(/one: 1 passed, 1 failed\n {2}✗ b\n {4}because\n.*two: 1 passed, 0 failed$/);
  });

  it('ends with the step that breaks off, which is a failure', async () => {
    const { world } = aWorld();
    const broken = step('one', async (_world, check) => {
      check('a', true);
      throw new TypeError('broken');
    });

    expect(await runSteps([broken, step('two', async (_world, check) => check('c', true))], world)).toEqual({ passed: 1, failed: 1 });
  });

  it('waits no longer for a step that hangs than the run may take', async () => {
    const stop = new AbortController();
    const { world, said } = aWorld(stop.signal);
    const hangs = step('hangs', () => new Promise(() => stop.abort(new TypeError('its time is over'))));

    expect(await runSteps([hangs], world)).toEqual({ passed: 0, failed: 1 });
    expect(said.join('\n')).toContain('its time is over');
  });
});
