import { describe, expect, it } from '@jest/globals';
import { parseFilter } from '../../../../src/scim/filter/parse.ts';
import { MAX_FILTER_DEPTH, MAX_FILTER_TERMS } from '../../../../src/scim/filter/parser.ts';
import { printFilter } from '../../../../src/scim/filter/print.ts';
import { MAX_FILTER_LENGTH } from '../../../../src/scim/filter/tokenize.ts';
import { attribute } from '../../../../src/scim/schema/attribute.ts';
import type { ResourceType } from '../../../../src/scim/schema/resource-type.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE, refusal } from '../documents.ts';

const SCORED: ResourceType = { ...USER, schema: { ...USER.schema, attributes: [attribute('score', { type: 'decimal' })] } };

const parse = (text: string) => parseFilter(text, USER);
const canonical = (text: string) => printFilter(parse(text));

describe('a filter', () => {
  it.each([
    ['userName Eq "bjensen"', 'userName eq "bjensen"'],
    ['USERNAME EQ "bjensen"', 'userName eq "bjensen"'],
    [`${USER.schema.id}:userName sw "J"`, 'userName sw "J"'],
    [`${ENTERPRISE}:department pr`, `${ENTERPRISE}:department pr`],
    ['title PR AND userType eq "Employee"', 'title pr and userType eq "Employee"'],
    ['title pr\tor\n  userType eq "Intern"', 'title pr or userType eq "Intern"'],
    ['not(title pr)', 'not (title pr)'],
    ['((title pr))', 'title pr'],
    ['schemas eq "urn:x"', 'schemas eq "urn:x"'],
    ['meta.lastModified gt "2011-05-13T04:42:34Z"', 'meta.lastModified gt "2011-05-13T04:42:34Z"'],
    ['emails[type eq "work" and value co "@example.com"]', 'emails[type eq "work" and value co "@example.com"]'],
    ['userName eq "say \\"hi\\" \\u00e4"', 'userName eq "say \\"hi\\" ä"'],
    ['title eq null', 'title eq null'],
    ['active eq TRUE', 'active eq true'],
    ['title eq "true"', 'title eq "true"'],
    ['x509Certificates eq "QUI="', 'x509Certificates.value eq "QUI="'],
  ])('%s is read as %s', (text, meaning) => {
    expect(canonical(text)).toBe(meaning);
  });

  it.each([
    ['title pr or nickName pr and locale pr', 'title pr or (nickName pr and locale pr)'],
    ['title pr and nickName pr or locale pr', '(title pr and nickName pr) or locale pr'],
    ['not (title pr) and nickName pr', 'not (title pr) and nickName pr'],
    ['title pr and nickName pr and locale pr', '(title pr and nickName pr) and locale pr'],
    ['title pr and (nickName pr and locale pr)', 'title pr and (nickName pr and locale pr)'],
  ])('%s binds as %s', (text, meaning) => {
    expect(canonical(text)).toBe(meaning);
  });

  it.each([
    ['emails co "x"', 'emails.value co "x"'],
    ['manager eq "26118915"', `${ENTERPRISE}:manager.value eq "26118915"`],
    ['groups eq "g"', 'groups.value eq "g"'],
  ])('%s compares the value of the complex attribute: %s', (text, meaning) => {
    expect(canonical(text)).toBe(meaning);
  });

  it.each([
    ['emails[type eq "work"].value eq "a@b"', 'emails[type eq "work" and value eq "a@b"]'],
    ['emails[type eq "work" or primary eq true].value pr', 'emails[(type eq "work" or primary eq true) and value pr]'],
    ['roles[primary eq "True"].value eq "x" and active eq "False"', 'roles[primary eq true and value eq "x"] and active eq false'],
    [
      'active eq true and (meta.lastModified ge "0001-01-03T00:00:00.0000000Z")',
      'active eq true and meta.lastModified ge "0001-01-03T00:00:00.0000000Z"',
    ],
  ])("of Entra ID's form %s is read as %s", (text, meaning) => {
    expect(canonical(text)).toBe(meaning);
  });

  it.each([
    ['', 'The filter at its end: expected an attribute'],
    ['userName', 'at its end: expected an operator'],
    ['userName eq', 'at its end: expected a value'],
    ['userName eq jyoung', 'at 13: expected a value'],
    ['userName is "x"', 'The filter at 10: no such operator; use eq, ne, co, sw, ew, gt, ge, lt, le or pr.'],
    ['userName eq "x', 'at 13: an unexpected character; a string begins and ends with a double quote.'],
    ["userName eq 'x'", 'at 13: an unexpected character; a string begins and ends with a double quote.'],
    ['userName eq "x" userName', 'at 17: expected "and", "or" or its end'],
    ['(userName eq "x"', 'at its end: expected ")"'],
    ['emails[type eq "x"', 'at its end: expected "]"'],
    ['userName eq "x")', 'at 16'],
    ['title pr and', 'at its end: expected an attribute'],
    ['not title pr', 'at 5: expected "("'],
    ['title pr and not', 'at its end: expected "("'],
    ['userName = "x"', 'at 10: an unexpected character'],
    ['title eq 01', 'a malformed number'],
    ['title eq "\\x"', 'at 10: a malformed string'],
    ['title eq "\\ud800"', 'at 10: a malformed string'],
    ['title eq "a\\u0000"', 'at 10: a malformed string'],
    ['"title" pr', 'at 1: expected an attribute'],
    ['name[givenName pr][familyName pr]', 'at 19'],
  ])('that breaks the grammar is refused where it breaks: %s', (text, words) => {
    expect(() => parse(text)).toThrow(refusal('invalidFilter', words));
  });

  it.each([
    ['favouriteColour pr', 'at 1: no attribute is called "favouriteColour"; /Schemas lists them.'],
    ['emails[knid eq "work"]', 'no attribute is called "knid"; there are value, display, type, primary.'],
    ['emials co "x"', 'did you mean "emails"?'],
    ['emails[typ eq "work"]', 'at 8', 'did you mean "type"?'],
    ['emails[type eq "work"].valu eq "x"', 'at 24', 'did you mean "value"?'],
    ['emails[emails pr]', 'no attribute is called "emails"'],
    ['__proto__ eq "x"', 'no attribute is called'],
    ['job%20title eq "x"', 'no attribute is called this; /Schemas lists them.'],
    ['constructor.name pr', 'no attribute is called'],
    ['name.__proto__ pr', 'no attribute is called'],
  ])('that names what is not there is refused: %s', (text, ...words) => {
    expect(() => parse(text)).toThrow(refusal('invalidFilter', ...words));
  });

  it.each([
    ['active gt true', '"gt" does not apply to active, of type boolean; use eq or ne.'],
    ['active eq "yes"', 'compares active with true or false'],
    ['active co "True"', '"co" does not apply to active'],
    ['x509Certificates.value ge "QQ=="', '"ge" does not apply to value'],
    ['title eq 7', 'compares title with a string'],
    ['x509Certificates eq 7', 'compares value with a string in double quotes'],
    ['title eq true', 'compares title with a string'],
    ['title gt null', 'compares title with a string'],
    ['meta.created gt "yesterday"', 'with a dateTime'],
    ['meta.created eq "2011-05-13"', 'with a dateTime such as "2011-'],
    ['name eq "Babs"', 'name one of its sub-attributes'],
    ['password eq "secret"', 'never returned'],
    ['password pr', 'never returned'],
    ['userName[value eq "x"]', 'sub-attributes before the bracket'],
    ['emails.value[type eq "x"]', 'sub-attributes before the bracket'],
  ])('that compares what cannot be compared is refused: %s', (text, words) => {
    expect(() => parse(text)).toThrow(refusal('invalidFilter', words));
  });

  it.each([
    ['score eq 7', 7],
    ['score eq -0.25', -0.25],
    ['score eq 12e10', 12e10],
    ['score eq 1.25E+12', 1.25e12],
    ['score eq 15e-11', 15e-11],
  ])('reads numbers as JSON does: %s', (text, value) => {
    expect(parseFilter(text, SCORED)).toMatchObject({ kind: 'compare', value });
  });

  it.each(['score eq "7"', 'score eq true', 'score gt null'])('compares a number with a number only, not %s', (text) => {
    expect(() => parseFilter(text, SCORED)).toThrow(refusal('invalidFilter', 'compares score with a number'));
  });

  it('is not repeated in its refusal', () => {
    expect(() => parse('userName eq "canary" nor canary')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('canary') }),
    );
  });

  it.each(['(', 'not (', 'emails['])('of 5,000 times %p is refused, and no stack overflows', (opening) => {
    const text = opening.repeat(5_000).slice(0, MAX_FILTER_LENGTH);

    expect(() => parse(text)).toThrow(refusal('invalidFilter'));
  });

  it('has limits on its length, its depth and its number of comparisons', () => {
    const group = (depth: number) => `${'('.repeat(depth)}title pr${')'.repeat(depth)}`;
    const selection = (depth: number) => `emails[${'('.repeat(depth - 1)}type pr${')'.repeat(depth - 1)}]`;
    const chain = (terms: number) => Array.from({ length: terms }, () => 'title pr').join(' or ');

    expect(() => parse(group(MAX_FILTER_DEPTH))).not.toThrow();
    expect(() => parse(group(MAX_FILTER_DEPTH + 1))).toThrow(refusal('invalidFilter', 'deeper'));
    expect(() => parse(selection(MAX_FILTER_DEPTH))).not.toThrow();
    expect(() => parse(selection(MAX_FILTER_DEPTH + 1))).toThrow(refusal('invalidFilter', 'deeper'));
    expect(() => parse(chain(MAX_FILTER_TERMS))).not.toThrow();
    expect(() => parse(chain(MAX_FILTER_TERMS + 1))).toThrow(refusal('invalidFilter', 'comparisons'));
    expect(() => parse('title pr'.padEnd(MAX_FILTER_LENGTH))).not.toThrow();
    expect(() => parse(' '.repeat(MAX_FILTER_LENGTH + 1))).toThrow(refusal('invalidFilter', 'longer'));
  });

  it('takes no longer for being malicious', () => {
    const before = performance.now();

    for (const text of ['"\\'.repeat(4_000), `title eq "${'\\\\'.repeat(4_000)}`, '1'.repeat(8_000), 'a.'.repeat(4_000)]) {
      expect(() => parse(text)).toThrow(refusal('invalidFilter'));
    }
    expect(performance.now() - before).toBeLessThan(200);
  });
});
