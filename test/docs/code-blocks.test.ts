import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parseAccount } from '../../lib/account.ts';
import { parseTenant } from '../../lib/tenant.ts';
import { readLogFields } from '../../scripts/docs/check-log-fields.ts';
import { type Fence, fencesOf, parsePage } from '../../scripts/docs/markdown.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { policySchema } from '../../src/access/policy.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';
import { missingLineOf } from './match-answer.ts';
import { isMarked, isRunnable, isShell, runPage } from './run-page.ts';

const repository = openRepository(join(import.meta.dirname, '..', '..'));
const pages = ['README.md', ...repository.files('.md', 'docs')].map(repository.page);
const fences = pages.flatMap((page) => fencesOf(page).map((fence) => ({ ...fence, at: `${page.file}:${fence.line}` })));

const placesOf = (found: readonly { readonly at: string }[]): readonly string[] => found.map(({ at }) => at);
const inLanguage = (language: string) => fences.filter((fence) => fence.language === language);
const marked = (mark: string) => fences.filter((fence) => fence.mark === mark);

describe('code blocks of the docs', () => {
  it('say of every shell block whether it is run', () => {
    expect(placesOf(fences.filter((fence) => isShell(fence) && !isMarked(fence)))).toEqual([]);
  });

  it.each(pages.filter((page) => fencesOf(page).some(isRunnable)).map((page) => [page.file, page] as const))(
    '%s does what it says',
    async (_file, page) => {
      await using folder = await temporaryFolder();
      const server = await startLocalServer(folder.path);
      const variables = { TENANT_URL: server.tenantUrl, TOKEN: server.token ?? '', DATA_DIR: folder.path };

      const troubles = await runPage(page, variables).finally(() => server.end('SIGTERM'));

      expect(troubles).toEqual([]);
      for (const { text } of fencesOf(page).filter(({ mark }) => mark === 'printed by npm start')) {
        expect(missingLineOf(text.replace('8080', '…'), server.printed())).toBeUndefined();
      }
    },
    120_000,
  );

  it.each(inLanguage('json').map((fence) => [fence.at, fence] as const))('%s is JSON', (_at, { text }) => {
    expect(() => JSON.parse(text)).not.toThrow();
  });

  it.each(marked('tenant file').map((fence) => [fence.at, fence] as const))('%s can be deployed', (_at, { text }) => {
    expect(() => parseTenant(JSON.parse(text))).not.toThrow();
  });

  it.each(marked('account file').map((fence) => [fence.at, fence] as const))('%s is an account file', (_at, { text }) => {
    expect(() => parseAccount(JSON.parse(text))).not.toThrow();
  });

  it.each(marked('policy').map((fence) => [fence.at, fence] as const))(
    '%s is a policy, and nothing in it is passed over',
    (_at, { text }) => {
      expect(policySchema.parse(JSON.parse(text))).toMatchObject(JSON.parse(text));
    },
  );

  it.each(inLanguage('logs-insights').map((fence) => [fence.at, fence] as const))('%s asks for fields that exist', (_at, fence) => {
    expect(fieldsIn(fence).filter((field) => !KNOWN_FIELDS.has(field))).toEqual([]);
  });
});

describe('the runner of the blocks', () => {
  const page = (...lines: readonly string[]) => parsePage('made-up.md', lines.join('\n'));
  const block = (command: string) => ['<!-- run: local -->', '```sh', command, '```'];
  const answer = (language: string, text: string) => ['<!-- answer -->', `\`\`\`${language}`, text, '```'];

  it('takes a page that does what it says', async () => {
    const made = page(
      ...block('N=1\necho "{\\"n\\":$N}"'),
      ...answer('json', '{ "n": 1 }'),
      ...block('echo "$N  two"'),
      ...answer('text', '1 …'),
    );

    expect(await runPage(made, {})).toEqual([]);
  });

  it('asks every shell block for a mark, and for the reason why it is not run', () => {
    const marks = ['run: local', 'run: never (needs AWS)', 'run: never', 'run: sometimes', undefined];

    expect(marks.map((mark) => isMarked({ line: 1, language: 'sh', mark, text: '' }))).toEqual([true, true, false, false, false]);
  });

  it('names the block that fails', async () => {
    const troubles = await runPage(page(...block('true'), ...block('echo oh no; false')), {});

    expect(troubles).toEqual([expect.stringMatching(/^made-up\.md:6: .*status 1:\noh no/s)]);
  });

  it.each([
    ['another value', 'json', '{ "n": 2 }'],
    ['a member that is missing', 'json', '{ "n": 1, "m": 1 }'],
    ['a list of another length', 'json', '{ "n": 1, "list": [] }'],
    ['another line', 'text', 'three'],
  ])('notices %s', async (_difference, language, shown) => {
    const troubles = await runPage(page(...block(`echo '{"n":1,"list":[1]}'`), ...answer(language, shown)), {});

    expect(troubles).toHaveLength(1);
  });
});

const LOG_FIELDS = [...readLogFields(repository.text('src/runtime/log.ts')).values()].flat();
const ACCESS_LOG_FIELDS = ['at', 'functionStatus', 'functionMs', 'responseBytes'];
const KNOWN_FIELDS = new Set(['time', 'level', 'event', '@timestamp', '@message', ...LOG_FIELDS, ...ACCESS_LOG_FIELDS]);

const WORDS_OF_THE_LANGUAGE = new Set([
  'fields',
  'display',
  'filter',
  'sort',
  'stats',
  'and',
  'or',
  'not',
  'ispresent',
  'in',
  'by',
  'as',
  'asc',
  'desc',
  'count',
  'max',
  'avg',
  'sum',
  'pct',
]);

/** What a query names that is neither text, nor a word of the language, nor a name of its own making. */
function fieldsIn({ text }: Fence): readonly string[] {
  const made = new Set([...text.matchAll(/\bas (\w+)/g)].map(([, name]) => name));
  const words = text.replace(/"[^"]*"/g, '').match(/@?[a-z]\w*/gi) ?? [];
  return words.filter((word) => !WORDS_OF_THE_LANGUAGE.has(word) && !made.has(word));
}
