import type { Step, World } from './world.ts';

export type Score = { readonly passed: number; readonly failed: number };

/** Runs steps one after the other, with the time that each took; one that breaks off keeps those after it from being run. */
export async function runSteps(steps: readonly Step[], world: World): Promise<Score> {
  let score: Score = { passed: 0, failed: 0 };
  for (const step of steps) {
    const outcome = await runStep(step, world);
    score = { passed: score.passed + outcome.passed, failed: score.failed + outcome.failed };
    if (outcome.brokeOff) break;
  }
  return score;
}

async function runStep({ name, run }: Step, world: World): Promise<Score & { readonly brokeOff: boolean }> {
  const beganMs = performance.now();
  const failures: string[] = [];
  let passed = 0;
  let brokeOff = false;
  try {
    await untilAborted(
      world.signal,
      run(world, (title, holds, detail = '') => {
        if (holds) passed += 1;
        else failures.push(detail === '' ? title : `${title}\n    ${detail.slice(-2_000)}`);
      }),
    );
  } catch (error) {
    brokeOff = true;
    failures.push(error instanceof Error ? `${error.message}\n${error.stack}` : String(error));
  }
  const seconds = ((performance.now() - beganMs) / 1_000).toFixed(1).padStart(6);
  world.say(`${seconds} s  ${name}: ${passed} passed, ${failures.length} failed`);
  for (const failure of failures) world.say(`  ✗ ${failure}`);
  return { passed, failed: failures.length, brokeOff };
}

/** What is under way is not waited for: the end of the emulator ends it too. */
async function untilAborted(signal: AbortSignal, running: Promise<void>): Promise<void> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = (): void => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  await Promise.race([running, aborted.promise]).finally(() => signal.removeEventListener('abort', abort));
}
