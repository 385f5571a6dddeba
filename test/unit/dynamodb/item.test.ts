import { describe, expect, it } from '@jest/globals';
import { document, MalformedItem, number, optionalText, text, unmarshal } from '../../../src/dynamodb/item.ts';

const item = { pk: 'User#0', version: 3, name: 'Ada', list: '[]', attributes: '{"a":1}' };

describe('what is read from an item', () => {
  it('is of the kind that was asked for', () => {
    expect(text(item, 'name')).toBe('Ada');
    expect(number(item, 'version')).toBe(3);
    expect(document(item, 'attributes')).toEqual({ a: 1 });
    expect(optionalText(item, 'nothing')).toBeUndefined();
  });

  it.each([
    ['a text that is missing', () => text(item, 'nothing')],
    ['a text that is a number', () => text(item, 'version')],
    ['a number that is a text', () => number(item, 'name')],
    ['a document that is a list', () => document(item, 'list')],
  ])('is refused when it is %s', (_, read) => {
    expect(read).toThrow(MalformedItem);
  });

  it('names the kind of item and the attribute in a complaint, and no value', () => {
    expect(() => number({ ...item, pk: 'Unique#User#userName#ada' }, 'name')).toThrow('the item at Unique has no usable "name"');
  });

  it('leaves out what we never write', () => {
    expect(unmarshal({ a: { S: 'x' }, b: { N: '1.5' }, c: { BOOL: true } })).toEqual({ a: 'x', b: 1.5 });
  });
});
