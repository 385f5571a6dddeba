import { setTimeout as sleep } from 'node:timers/promises';
import { Refusal } from './directory-client.ts';

const LONGEST_MS = 60_000;
/** Whoever does not go on for ever gives up after so many attempts. */
const ATTEMPTS = 8;

export type Patience = {
  readonly once: boolean;
  readonly signal: AbortSignal;
  readonly say: (text: string) => void;
  readonly pause?: (ms: number, signal: AbortSignal) => Promise<unknown>;
};

/** Tries until it works: what passes by itself is waited for, with growing random pauses; of the rest, it says what to do. */
export async function patiently<Value>(work: () => Promise<Value>, patience: Patience): Promise<Value> {
  const { once, signal, say, pause = (ms) => sleep(ms, undefined, { signal }) } = patience;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      signal.throwIfAborted();
      const advice = error instanceof Refusal ? ADVICE[error.status] : undefined;
      if (isExpired(error) || (once && (advice !== undefined || attempt === ATTEMPTS))) throw error;
      const ms = pauseOf(error, advice === undefined ? attempt : ATTEMPTS);
      say(`${wordsFor(error)} Next attempt in ${Math.ceil(ms / 1_000)} s.`);
      await pause(ms, signal);
    }
  }
}

/** The place has left the log: only a snapshot says what has happened since. */
export const isExpired = (error: unknown): boolean => error instanceof Refusal && error.scimType === 'expiredCursor';

/** What a person has to do; nothing that is not named here needs one. */
const ADVICE: Readonly<Record<number, string>> = {
  400: 'Is DATABASE that of another tenant? Give each its own file.',
  401: 'Set TOKEN to a token that is in use: npm run scim -- token create --tenant <tenant> --scope events',
  403: 'TOKEN is to be of the scope events, of an application that is not limited to its own resources; TENANT_URL is to be whole.',
  404: 'TENANT_URL is to be the one that the identity provider has, without /Users.',
};

export function wordsFor(error: unknown): string {
  if (!(error instanceof Refusal)) return `The directory is out of reach: ${causeOf(error)}.`;
  const advice = ADVICE[error.status];
  return `The directory answers ${error.status}: ${error.message}${advice === undefined ? '' : ` ${advice}`}`;
}

/** fetch puts what happened into the cause. */
const causeOf = (error: unknown): string =>
  error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);

function pauseOf(error: unknown, attempt: number): number {
  const asked = error instanceof Refusal ? error.retryAfterMs : undefined;
  const ms = Math.min(LONGEST_MS, 500 * 2 ** attempt);
  return (asked ?? ms / 2) + Math.random() * (ms / 2);
}
