import { describe, expect, it } from '@jest/globals';
import { Refusal } from '../../../examples/vendor-app/directory-client.ts';
import { patiently } from '../../../examples/vendor-app/patience.ts';

const refusal = (status: number, headers: Readonly<Record<string, string>> = {}, scimType?: string): Refusal =>
  new Refusal(new Response(null, { status, headers }), { detail: 'No.', scimType });

/** Fails so often, then works; what was said and waited for comes back. */
async function attempt(errors: readonly Error[], once = false) {
  const [said, waited]: [string[], number[]] = [[], []];
  const left = [...errors];
  const work = async (): Promise<string> => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return 'done';
  };
  const pause = async (ms: number) => waited.push(ms);
  const signal = new AbortController().signal;
  const outcome = await patiently(work, { once, signal, say: (text) => said.push(text), pause }).catch((error: unknown) => error);
  return { outcome, said, waited };
}

describe('patience', () => {
  it('waits longer from attempt to attempt, never quite as long as others do', async () => {
    const { outcome, waited } = await attempt(Array.from({ length: 12 }, () => refusal(503)));

    expect(outcome).toBe('done');
    expect(waited[0]).toBeLessThanOrEqual(1_000);
    expect(waited[11]).toBeGreaterThanOrEqual(30_000);
    expect(Math.max(...waited)).toBeLessThanOrEqual(60_000);
    expect(new Set(waited).size).toBe(12);
  });

  it.each([
    ['seconds', '7'],
    ['a date', new Date(Date.now() + 9_000).toUTCString()],
  ])('waits at least as long as it is asked to, in %s', async (_form, header) => {
    const { waited } = await attempt([refusal(429, { 'Retry-After': header })]);

    expect(waited[0]).toBeGreaterThanOrEqual(7_000);
  });

  it.each([
    [401, 'token create --tenant <tenant> --scope events'],
    [403, 'scope events'],
    [404, 'TENANT_URL'],
    [400, 'DATABASE'],
  ])('says what to do about %d, and goes on, for somebody may do it', async (status, advice) => {
    const { outcome, said } = await attempt([refusal(status)]);

    expect(outcome).toBe('done');
    expect(said).toEqual([expect.stringContaining(advice)]);
  });

  it('gives up at once where it is to end, and a person has to do something', async () => {
    const denied = refusal(401);

    expect((await attempt([denied], true)).outcome).toBe(denied);
  });

  it('gives up after some attempts where it is to end, and nobody answers', async () => {
    const { outcome, waited } = await attempt(
      Array.from({ length: 100 }, () => new TypeError('fetch failed')),
      true,
    );

    expect(outcome).toEqual(new TypeError('fetch failed'));
    expect(waited).toHaveLength(7);
  });

  it('leaves an expired cursor to whoever begins anew', async () => {
    const expired = refusal(400, {}, 'expiredCursor');

    const { outcome, waited } = await attempt([expired]);

    expect([outcome, waited]).toEqual([expired, []]);
  });
});
