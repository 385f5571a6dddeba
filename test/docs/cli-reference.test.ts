import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { renderCliReference } from '../../scripts/docs/cli-reference.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/reference/cli.md'), 'utf8');

describe('the page on commands', () => {
  it('shows the help of every command as it is (else run `npm run cli:docs`)', async () => {
    expect(page).toBe(await renderCliReference(page));
  });

  it('keeps what people wrote on it, and drops what is no command any more', async () => {
    const written = page
      .replace('## scim token\n', '## scim gone\n\n<!-- help: gone -->\n```text\nold\n```\n\n## scim token\n')
      .replace(/(help: token revoke -->\n```text\n)[\s\S]*?(\n```\n)/, '$1stale$2\nAs somebody wrote.\n');

    const rendered = await renderCliReference(written);

    expect(rendered).toMatch(/^# Commands\n[\s\S]*\nAs somebody wrote\.\n/);
    expect(rendered).not.toMatch(/gone|stale/);
    expect(rendered.replace('\nAs somebody wrote.\n', '')).toBe(await renderCliReference(page));
  });
});
