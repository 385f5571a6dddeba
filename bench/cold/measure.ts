import { execFile } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { environmentVariables } from '../../test/support/environment.ts';
import { EVENT } from './fixture.ts';

export type Measurement = {
  readonly kilobytes: number;
  /** Medians. */
  readonly initMs: number;
  readonly firstMs: number;
  readonly totalMs: number;
  /** Of each round; those of two bundles fell on the same moment of the machine. */
  readonly totalsMs: readonly number[];
};

type Start = { readonly initMs: number; readonly firstMs: number };

const run = promisify(execFile);
const FIRST_ANSWER = fileURLToPath(new URL('./first-answer.mjs', import.meta.url));

/**
 * Starts each bundle in a fresh process, `runs` times, and takes medians.
 *
 * The bundles take turns, in an order that turns as well, so that whatever else the machine does falls on all; a first
 * round warms the disk's cache and does not count. Node's own start is left out: it is the same for all.
 */
export async function measureStarts(bundles: readonly string[], url: string, runs: number): Promise<readonly Measurement[]> {
  const starts = new Map<string, Start[]>(bundles.map((bundle) => [bundle, []]));
  for (let round = 0; round <= runs; round += 1) {
    for (const bundle of round % 2 ? bundles : bundles.toReversed()) {
      const start = await startOnce(bundle, url);
      if (round > 0) starts.get(bundle)?.push(start);
    }
  }
  return bundles.map((bundle) => summarise(bundle, starts.get(bundle) ?? []));
}

/** Asks a bundle for its first answer, in a process that knows what Lambda would tell it. */
export async function startOnce(bundle: string, url: string): Promise<Start> {
  const { stderr } = await run(process.execPath, [FIRST_ANSWER, pathToFileURL(bundle).href, JSON.stringify(EVENT)], {
    env: {
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_ENDPOINT_URL_DYNAMODB: url,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
      ...environmentVariables(),
    },
  });
  const { statusCode, body, ...start } = JSON.parse(stderr);
  if (statusCode !== 200) throw new TypeError(`${bundle} answered ${statusCode}: ${body}`);
  return start;
}

function summarise(bundle: string, starts: readonly Start[]): Measurement {
  const totalsMs = starts.map(({ initMs, firstMs }) => initMs + firstMs);
  return {
    kilobytes: statSync(bundle).size / 1_000,
    initMs: median(starts.map(({ initMs }) => initMs)),
    firstMs: median(starts.map(({ firstMs }) => firstMs)),
    totalMs: median(totalsMs),
    totalsMs,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? 0) + (sorted[sorted.length >> 1] ?? 0)) / 2;
}
