import { CannotRun } from '../python/cannot-run.ts';
import type { Bench, Tool, Verdict } from './tool.ts';

export type ToolVerdict = Verdict & { readonly tool: string; readonly seconds: number };

/** Runs one tool after the other; one that cannot run has failed, and the others go on. */
export async function runTools(tools: readonly Tool[], bench: Bench): Promise<readonly ToolVerdict[]> {
  const verdicts: ToolVerdict[] = [];
  for (const { name, run } of tools) {
    const say = (line: string): void => bench.say(`${name}: ${line}`);
    const startedAt = performance.now();
    say('running');
    const verdict = await run({ ...bench, say }).catch((error: unknown) => unableTo(error, bench.signal));
    const seconds = Math.round((performance.now() - startedAt) / 100) / 10;
    for (const detail of verdict.details) say(detail);
    say(`${verdict.passed} passed, ${verdict.failed} failed: ${verdict.summary}, in ${seconds} s`);
    verdicts.push({ tool: name, seconds, ...verdict });
  }
  return verdicts;
}

function unableTo(error: unknown, signal: AbortSignal): Verdict {
  signal.throwIfAborted();
  const words = error instanceof CannotRun ? error.message : error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { passed: 0, failed: 1, summary: 'it could not run', details: words.split('\n') };
}
