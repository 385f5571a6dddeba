import { describe, expect, it } from '@jest/globals';
import { bearerTokenOf, identifierPasswordRecogniser } from '../../../../src/access/credentials/identifier-password.ts';
import { passwordJudge } from '../../../../src/access/credentials/password-verdicts.ts';
import { newIdentifier } from '../../../../src/access/identifier.ts';
import { anAccount } from '../../../support/access-memory.ts';

const PASSWORD = 'pass:wörd: 密码 with colons:';
const stranger = newIdentifier((size) => new Uint8Array(size).fill(200));

/** A judge that says how often it was asked. */
function counted() {
  const asked: string[] = [];
  const recognise = identifierPasswordRecogniser(
    passwordJudge(async (password) => {
      asked.push(password);
      return password === PASSWORD;
    }),
  );
  return { asked, recognise };
}

describe('identifierPasswordRecogniser', () => {
  it('accepts the identifier with its password, colons and all', async () => {
    const { account, bearerToken } = await anAccount(PASSWORD);

    await expect(identifierPasswordRecogniser()(bearerToken)?.([account])).resolves.toEqual([account]);
  });

  it.each([
    ['without padding', (text: string) => Buffer.from(text).toString('base64').replace(/=+$/, '')],
    ['in the URL-safe alphabet', (text: string) => Buffer.from(text).toString('base64url')],
    ['with a trailing newline inside', (text: string) => Buffer.from(`${text}\n`).toString('base64')],
    ['with a trailing CR LF inside', (text: string) => Buffer.from(`${text}\r\n`).toString('base64')],
    ['broken into lines', (text: string) => `${Buffer.from(text).toString('base64').replace(/.{20}/g, '$& ')} `],
    ['decomposed', (text: string) => Buffer.from(text.normalize('NFD')).toString('base64')],
  ])('accepts it %s', async (_, encode) => {
    const { account } = await anAccount(PASSWORD);

    await expect(identifierPasswordRecogniser()(encode(`${account.identifier}:${PASSWORD}`))?.([account])).resolves.toEqual([account]);
  });

  it.each([
    ['another password', 'wrong'],
    ['the beginning of it', 'pass'],
    ['more than it', `${PASSWORD}!`],
    ['none', ''],
  ])('refuses %s', async (_, password) => {
    const { account } = await anAccount(PASSWORD);

    await expect(identifierPasswordRecogniser()(bearerTokenOf(account.identifier, password))?.([account])).resolves.toEqual([]);
  });

  it.each([
    ['no base64', 'a*b'],
    ['no colon', Buffer.from(stranger).toString('base64')],
    ['no UTF-8', Buffer.from([0xff, 0x3a, 0xff]).toString('base64')],
    ['an identifier of another making', bearerTokenOf('user', 'password')],
    ['a mistyped identifier', bearerTokenOf(`${stranger.slice(0, -1)}!`, 'password')],
    ['more than anybody would paste', bearerTokenOf(stranger, 'x'.repeat(4_000))],
  ])('does not take for an account what has %s', (_, presented) => {
    expect(identifierPasswordRecogniser()(presented)).toBeUndefined();
  });

  it('pays the slow hash once for a password, right or wrong, however often it is presented', async () => {
    const { account } = await anAccount(PASSWORD);
    const { asked, recognise } = counted();

    for (const password of [PASSWORD, 'wrong', PASSWORD, 'wrong'])
      await recognise(bearerTokenOf(account.identifier, password))?.([account]);
    await Promise.all(Array.from({ length: 5 }, () => recognise(bearerTokenOf(account.identifier, 'at once'))?.([account])));

    expect(asked).toEqual([PASSWORD, 'wrong', 'at once']);
  });

  it('pays none for an identifier that no account has', async () => {
    const { account } = await anAccount(PASSWORD);
    const { asked, recognise } = counted();

    await expect(recognise(bearerTokenOf(stranger, PASSWORD))?.([account])).resolves.toEqual([]);
    expect(asked).toEqual([]);
  });

  it('forgets its verdict when the password is changed', async () => {
    const { account } = await anAccount(PASSWORD);
    const changed = await anAccount('another password');
    const recognise = identifierPasswordRecogniser();
    const presented = bearerTokenOf(account.identifier, PASSWORD);
    await recognise(presented)?.([account]);

    await expect(recognise(presented)?.([{ ...account, hash: changed.account.hash }])).resolves.toEqual([]);
  });

  it('does not let a flood of wrong passwords push a right one out of memory', async () => {
    const { account } = await anAccount(PASSWORD);
    const { asked, recognise } = counted();
    const present = (password: string) => recognise(bearerTokenOf(account.identifier, password))?.([account]);
    await present(PASSWORD);

    for (let count = 0; count < 150; count += 1) await present(`wrong ${count}`);
    await present(PASSWORD);
    await present('wrong 0');

    expect(asked.filter((password) => password === PASSWORD)).toHaveLength(1);
    expect(asked.filter((password) => password === 'wrong 0')).toHaveLength(2);
  });

  it('judges again after a judgement that failed', async () => {
    const { account } = await anAccount(PASSWORD);
    let fails = true;
    const recognise = identifierPasswordRecogniser(
      passwordJudge(async () => {
        if (fails) throw new RangeError('no memory');
        return true;
      }),
    );
    const present = () => recognise(bearerTokenOf(account.identifier, PASSWORD))?.([account]);

    await expect(present()).rejects.toThrow('no memory');
    fails = false;

    await expect(present()).resolves.toEqual([account]);
  });
});
