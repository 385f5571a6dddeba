import { describe, expect, it } from '@jest/globals';
import { conversationSchema, fillIn } from '../support/conversation-file.ts';
import { mismatches } from '../support/conversation-match.ts';

describe('an expectation', () => {
  it.each([
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: { b: ['x'] } }, { a: { b: ['x'], c: 1 } }],
    [{ a: { $missing: true } }, {}],
    [{ a: { b: { $unassigned: true } } }, {}],
    [{ a: { $unassigned: true } }, { a: [] }],
    [{ a: { $unassigned: true } }, { a: '' }],
    [{ a: { $pattern: '^x' } }, { a: 'xy' }],
    [{ a: { $type: 'integer' } }, { a: 3 }],
    [{ a: { $not: 3 } }, {}],
    [{ a: { $atLeast: 3 } }, { a: 3 }],
    [{ a: { $length: 2 } }, { a: [1, 2] }],
    [{ a: { $includes: [{ b: 2 }] } }, { a: [{ b: 1 }, { b: 2, c: 3 }] }],
    [{ a: { $exactly: [{ b: 1 }, { b: 1, c: 2 }] } }, { a: [{ b: 1, c: 2 }, { b: 1 }] }],
  ])('of %j is met by %j', (wanted, actual) => {
    expect(mismatches(wanted, actual)).toEqual([]);
  });

  it.each([
    [{ a: 1 }, { a: '1' }],
    [{ a: 1 }, {}],
    [{ a: 1 }, undefined],
    [{ a: ['x'] }, { a: ['x', 'y'] }],
    [{ a: ['x', 'y'] }, { a: ['y', 'x'] }],
    [{ a: { $missing: true } }, { a: null }],
    [{ a: { $unassigned: true } }, { a: false }],
    [{ a: { $pattern: '^x' } }, { a: 7 }],
    [{ a: { $type: 'integer' } }, { a: '3' }],
    [{ a: { $not: 3 } }, { a: 3 }],
    [{ a: { $atLeast: 3 } }, { a: 2 }],
    [{ a: { $length: 0 } }, { a: [1] }],
    [{ a: { $includes: [1] } }, { a: [2] }],
    [{ a: { $includes: [1] } }, {}],
    [{ a: { $exactly: [1, 2] } }, { a: [1, 1] }],
    [{ a: { $exactly: [1] } }, { a: [1, 2] }],
    [{ a: { $unknown: true } }, { a: true }],
  ])('of %j is not met by %j', (wanted, actual) => {
    expect(mismatches(wanted, actual)).not.toEqual([]);
  });

  it('that is not met says where, what was wanted and what came', () => {
    expect(mismatches({ name: { familyName: 'A' } }, { name: { familyName: 'B' } })).toEqual(['body.name.familyName: wanted "A", got "B"']);
  });
});

describe('a conversation file', () => {
  it('puts captured values in place of their names, and knows no others', () => {
    expect(
      fillIn(
        { path: '/Users/{{a}}', list: ['{{a}}{{b}}'] },
        new Map([
          ['a', '1'],
          ['b', '2'],
        ]),
      ),
    ).toEqual({ path: '/Users/1', list: ['12'] });
    expect(() => fillIn('{{c}}', new Map())).toThrow('{{c}}');
  });

  it('may hold no key that the runner does not know', () => {
    const file = {
      title: 't',
      client: 'c',
      source: 's',
      exchanges: [{ request: { method: 'GET', path: '/' }, response: { status: 200, bodyy: {} } }],
    };

    expect(conversationSchema.safeParse(file).success).toBe(false);
  });
});
