import { describe, expect, it } from '@jest/globals';
import { NO_LENIENCIES } from '../../../../src/scim/leniency.ts';
import { parsePath } from '../../../../src/scim/patch/path.ts';
import { printPath } from '../../../../src/scim/patch/print-path.ts';
import { USER } from '../../../../src/scim/schema/resource-types.ts';
import { ENTERPRISE } from '../documents.ts';

function canonical(text: string): string {
  const pointed = parsePath(USER, text, 'Operations[0]', NO_LENIENCIES);
  return pointed.kind === 'target' ? printPath(pointed.target) : pointed.schema.id;
}

describe('a path', () => {
  it.each([
    ['USERNAME', 'userName'],
    [`${USER.schema.id}:name.givenname`, 'name.givenName'],
    [`${ENTERPRISE.toLowerCase()}:manager.VALUE`, `${ENTERPRISE}:manager.value`],
    ['emails[TYPE  eq "work"]', 'emails[type eq "work"]'],
    ['emails[not(value co "\\u005d") and primary eq TRUE].display', 'emails[not (value co "]") and primary eq true].display'],
  ])('%s is printed as %s', (text, printed) => {
    expect(canonical(text)).toBe(printed);
  });
});
