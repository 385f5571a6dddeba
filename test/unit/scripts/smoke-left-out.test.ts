import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { NOT_HERE } from '../../../scripts/e2e/not-here.ts';
import { readConversations } from '../../../scripts/smoke/files.ts';
import { LEFT_OUT } from '../../../scripts/smoke/left-out.ts';

const names = readConversations().map(({ name }) => name);

describe('conversations that are left out', () => {
  it.each([...LEFT_OUT, ...NOT_HERE])('exist, and are covered elsewhere: $conversation', ({ conversation, reason, coveredBy }) => {
    expect(names).toContain(conversation);
    expect(reason).not.toBe('');
    expect(existsSync(join(import.meta.dirname, '..', '..', '..', coveredBy))).toBe(true);
  });

  it('are few', () => {
    expect(names.length - LEFT_OUT.length - NOT_HERE.length).toBeGreaterThan(120);
  });
});
