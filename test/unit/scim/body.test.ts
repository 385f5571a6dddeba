import { describe, expect, it } from '@jest/globals';
import { MAX_BODY_DEPTH, parseJsonBody } from '../../../src/scim/body.ts';
import { refusal } from './documents.ts';

const nested = (depth: number): string => `{"a":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;

describe('a request body', () => {
  it('is a JSON object, with or without a byte order mark', () => {
    expect(parseJsonBody('{"userName":"a"}')).toEqual({ userName: 'a' });
    expect(parseJsonBody('\ufeff{"userName":"a"}')).toEqual({ userName: 'a' });
  });

  it.each(['[]', '"text"', 'null', '7', 'true'])('is refused when it is %s', (text) => {
    expect(() => parseJsonBody(text)).toThrow(refusal('invalidSyntax', 'JSON object'));
  });

  it.each(['', '  \n'])('is refused when it is empty', (text) => {
    expect(() => parseJsonBody(text)).toThrow(refusal('invalidSyntax', 'no body'));
  });

  it('says where the JSON breaks', () => {
    expect(() => parseJsonBody('{"name":"b" "c":1}')).toThrow(refusal('invalidSyntax', 'at character 12.'));
    expect(() => parseJsonBody('{"name":')).toThrow(refusal('invalidSyntax', 'breaks off or is malformed.'));
  });

  it.each(['{"userName": "canary-7319"', '{"userName": canary-7319}', 'canary-7319'])('repeats nothing of what breaks it: %s', (text) => {
    expect(() => parseJsonBody(text)).toThrow(expect.objectContaining({ message: expect.not.stringContaining('canary') }));
  });

  it(`nests ${MAX_BODY_DEPTH} levels deep and no deeper`, () => {
    expect(() => parseJsonBody(nested(MAX_BODY_DEPTH))).not.toThrow();
    expect(() => parseJsonBody(nested(MAX_BODY_DEPTH + 1))).toThrow(refusal('invalidSyntax', 'deeper'));
  });

  it('does not count brackets inside strings, escaped quotes or not', () => {
    const text = JSON.stringify({ title: `"${'['.repeat(100)}`, nickName: `${'{'.repeat(100)}\\` });

    expect(parseJsonBody(text)).toEqual(JSON.parse(text));
  });

  it('counts depth, not brackets', () => {
    const text = JSON.stringify({ members: Array.from({ length: 1000 }, () => ({ value: [] })) });

    expect(parseJsonBody(text)).toEqual(JSON.parse(text));
  });

  it('of 500,000 nested brackets is refused without being parsed', () => {
    const before = performance.now();

    expect(() => parseJsonBody('['.repeat(500_000))).toThrow(refusal('invalidSyntax', 'deeper'));
    expect(performance.now() - before).toBeLessThan(100);
  });

  it('cannot reach a prototype', () => {
    const body = parseJsonBody('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}');

    expect(Object.keys(body)).toEqual(['__proto__', 'constructor']);
    expect(Object.getPrototypeOf({})).not.toHaveProperty('polluted');
  });
});
