import { describe, expect, it } from '@jest/globals';
import { firstToken } from '../../local/first-token.ts';

const summary = (status: 'live' | 'expired') => ({
  id: 'a1',
  application: 'default',
  name: 'n',
  kind: 'token',
  scope: 'full',
  createdAt: '2026-01-01T00:00:00.000Z',
  expiresAt: null,
  status,
});

/** An admin function that answers each act as given, and remembers what it was asked. */
function adminOf(answers: Readonly<Record<string, unknown>>) {
  const acts: string[] = [];
  const invoke = async ({ act }: { readonly act: string }): Promise<unknown> => {
    acts.push(act);
    return answers[act];
  };
  return { acts, invoke };
}

const listed = (...credentials: readonly unknown[]) => ({ ok: true, result: { credentials, unreadable: [] } });
const created = { ok: true, result: { token: 'scim_x', credential: summary('live') } };

describe('first token', () => {
  it.each([
    ['there is none', listed()],
    ['every one has expired', listed(summary('expired'))],
  ])('is made when %s', async (_title, list) => {
    const { acts, invoke } = adminOf({ 'token.list': list, 'token.create': created });

    expect(await firstToken(invoke)).toBe('scim_x');
    expect(acts).toEqual(['token.list', 'token.create']);
  });

  it('is not made when one is live', async () => {
    const { acts, invoke } = adminOf({ 'token.list': listed(summary('expired'), summary('live')) });

    expect(await firstToken(invoke)).toBeUndefined();
    expect(acts).toEqual(['token.list']);
  });

  it('is not made when the list cannot be read', async () => {
    const { acts, invoke } = adminOf({ 'token.list': { ok: false, error: { message: 'no secret' } } });

    await expect(firstToken(invoke)).rejects.toThrow('no secret');
    expect(acts).toEqual(['token.list']);
  });
});
