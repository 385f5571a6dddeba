import { describe, expect, it } from '@jest/globals';
import { hashPassword, isPassword, passwordHashSchema } from '../../../../src/access/credentials/password-hash.ts';

const CHEAP = { cost: 2, blockSize: 1, parallelization: 1 };

describe('hashPassword', () => {
  it('salts: the same password never rests as the same hash', async () => {
    const [one, two] = await Promise.all([hashPassword('a password', CHEAP), hashPassword('a password', CHEAP)]);

    expect(one.salt).not.toBe(two.salt);
    expect(one.key).not.toBe(two.key);
  });

  it('derives slowly unless it is told otherwise, and keeps by what', async () => {
    const hash = await hashPassword('a password');

    expect(hash).toMatchObject({ cost: 32_768, blockSize: 8, parallelization: 1 });
    expect(passwordHashSchema().parse(hash)).toEqual(hash);
    await expect(isPassword('a password', hash)).resolves.toBe(true);
    await expect(isPassword('another', hash)).resolves.toBe(false);
  });
});

describe('passwordHashSchema', () => {
  it.each([{ cost: 2 ** 17 }, { cost: 3 }, { cost: 1 }, { blockSize: 9 }, { parallelization: 9 }, { salt: '' }, { key: 'x y' }])(
    'reads none with %j',
    async (damage) => {
      const hash = await hashPassword('a password', CHEAP);

      expect(passwordHashSchema().safeParse({ ...hash, ...damage }).success).toBe(false);
    },
  );
});
