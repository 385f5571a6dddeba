import { describe, expect, it } from '@jest/globals';
import { parseAdminRequest } from '../../../src/access/admin-request.ts';
import { newToken } from '../../../src/access/token.ts';

const TOKEN = newToken((size) => new Uint8Array(size).fill(7));
const create = { act: 'token.create', by: 'ada', application: 'default' };

describe('parseAdminRequest', () => {
  it('fills in what is left out', () => {
    expect(parseAdminRequest({ act: 'token.create', by: 'ada' })).toEqual({ ...create, scope: 'full' });
  });

  it.each([1, 3_650, 'never'])('takes an expiry of %s', (expiresInDays) => {
    expect(parseAdminRequest({ ...create, expiresInDays })).toMatchObject({ expiresInDays });
  });

  it.each([
    [{ act: 'token.crate', by: 'ada' }, /unknown act "token.crate"; did you mean "token.create"\?/],
    [{ act: 'frobnicate', by: 'ada' }, /known: .*app.show, .*token.create/],
    [{ by: 'ada' }, /unknown act undefined/],
    [{ act: '__proto__', by: 'ada' }, /unknown act/],
    ['token.list', /unknown act/],
    [{ act: 'app.create', by: 'ada', application: 'hr', preset: 'entar' }, /preset of app.create must be one of standard, entra, okta/],
    [{ act: 'app.create', by: 'ada', application: 'hr', settings: [] }, /settings of app.create must be an object of settings/],
    [{ act: 'app.apply', by: 'ada' }, /document of app.apply must be the JSON of an export of applications/],
    [null, /unknown act/],
    [{ ...create, nmae: 'x' }, /unknown key "nmae" of token.create; did you mean "name"\?/],
    [{ ...create, expiresInDays: 0 }, /expiresInDays of token.create must be a whole number of days from 1 to 3650, or "never"/],
    [{ ...create, expiresInDays: 3_651 }, /expiresInDays/],
    [{ ...create, expiresInDays: 1.5 }, /expiresInDays/],
    [{ ...create, expiresInDays: 'always' }, /expiresInDays/],
    [{ ...create, scope: 'root' }, /scope of token.create must be "full", "read" or "events"/],
    [{ ...create, application: 'H R' }, /application of token.create must be 1 to 64 lower-case letters, digits and single hyphens/],
    [{ ...create, kind: 'oauth-client' }, /kind of token.create must be "token"/],
    [{ ...create, act: 'token.rotate', overlapHours: 721 }, /overlapHours of token.rotate must be a whole number of hours from 0 to 720/],
    [{ act: 'account.create', by: 'ada', password: 7 }, /password of account.create must be text/],
    [{ ...create, name: 'x'.repeat(65) }, /name of token.create must be text of 1 to 64 characters/],
    [{ ...create, name: '\u001b[2J' }, /without control characters/],
    [{ act: 'schema.apply', by: 'ada' }, /document of schema.apply must be the JSON of a schema file/],
    [{ act: 'schema.apply', by: 'ada', document: {}, dryRun: 1 }, /dryRun of schema.apply must be true or false/],
    [{ act: 'schema.show', by: 'ada', schema: 'User' }, /schema of schema.show must be a URN/],
    [{ act: 'schema.remove', by: 'ada', schema: 'urn:a b' }, /schema of schema.remove must be a URN/],
    [{ act: 'token.list' }, /by of token.list must be text/],
    [{ act: 'token.list', by: '' }, /by of token.list must be text/],
    [{ act: 'token.revoke', by: 'ada' }, /credential of token.revoke must be text/],
    [{ act: 'token.revoke', by: 'ada', credential: TOKEN }, /credential of token.revoke must not be a token/],
    [{ act: 'token.revoke', by: 'ada', credential: TOKEN.slice(0, -1) }, /must not be a token/],
    [{ ...create, name: `is ${TOKEN}` }, /name of token.create must not be a token/],
    [{ ...create, by: TOKEN }, /by of token.create must not be a token/],
  ])('refuses %j and says what would be right', (request, words) => {
    expect(() => parseAdminRequest(request)).toThrow(
      expect.objectContaining({ name: 'AdminRefusal', message: expect.stringMatching(words) }),
    );
  });

  it('never repeats a token that was taken for an id', () => {
    expect(() => parseAdminRequest({ act: 'token.revoke', by: 'ada', credential: TOKEN })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(TOKEN) }),
    );
  });

  it('names everything that is wrong at once', () => {
    expect(() => parseAdminRequest({ ...create, scope: 'root', nmae: 'x' })).toThrow(/scope.*\n.*nmae|nmae.*\n.*scope/);
  });
});
