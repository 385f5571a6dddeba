import { describe, expect, it } from '@jest/globals';
import { answerBytes, answerInclude, MAX_ANSWER_BYTES } from '../../../src/directory/answer-size.ts';
import { present } from '../../../src/directory/present.ts';
import { parseProjection, project } from '../../../src/scim/projection.ts';
import { GROUP, USER } from '../../../src/scim/schema/resource-types.ts';
import { aContext } from '../../support/request-context.ts';
import { aStoredGroup } from '../../support/stored-resources.ts';

const ID = '0197f000-0000-7000-8000-000000000000';

/** How many members are read at most. */
function mostOf(attributes?: string, excluded?: string): number {
  const { members } = answerInclude(GROUP, parseProjection(GROUP, attributes, excluded), aContext());
  return typeof members === 'object' && 'atMost' in members ? members.atMost : 0;
}

const bytesOf = (count: number, attributes?: string): number => {
  const members = Array.from({ length: count }, () => ({ value: ID, type: 'User' }));
  const resource = present(GROUP, { resource: aStoredGroup(), members }, aContext());
  return answerBytes(JSON.stringify(project(GROUP, resource, parseProjection(GROUP, attributes))));
};

describe('the members of an answer', () => {
  it.each([undefined, 'members', 'members.value', 'members.value,members.$ref', 'members.type'])(
    'are read as far as it could carry them, and no further, with attributes %s',
    (attributes) => {
      const most = Math.min(mostOf(attributes), 5_000);
      const each = (bytesOf(2_000, attributes) - bytesOf(1_000, attributes)) / 1_000;

      expect(most).toBe(Math.min(5_000, 120_000, Math.floor(MAX_ANSWER_BYTES / each)));
      expect(mostOf(attributes)).toBe(Math.min(120_000, Math.floor(MAX_ANSWER_BYTES / each)));
    },
  );

  it('have a limit of their own where next to nothing of them is shown', () => {
    expect([mostOf('members.display'), mostOf('members.type')]).toEqual([120_000, 120_000]);
  });

  it('are none where they are not shown, or there can be none', () => {
    expect(mostOf(undefined, 'members')).toBe(0);
    expect(answerInclude(USER, {}, aContext())).toEqual({ groups: true, members: false });
  });
});
