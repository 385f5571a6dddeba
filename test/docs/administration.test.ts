import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as z from 'zod/mini';
import { codeIn, type Fence, fencesOf, headingsOf, rowsUnder } from '../../scripts/docs/markdown.ts';
import { openRepository } from '../../scripts/docs/repository.ts';
import { type AdminAnswer, adminAnswerSchema } from '../../src/access/admin-answer.ts';
import { ADMIN_ACTS, parseAdminRequest } from '../../src/access/admin-request.ts';
import { isObject, type Json } from '../../src/scim/json.ts';
import { GROUP, scimClient, USER } from '../support/local-client.ts';
import { temporaryFolder } from '../support/local-folder.ts';
import { startLocalServer } from '../support/local-server.ts';

const page = openRepository(join(import.meta.dirname, '..', '..')).page('docs/reference/administration.md');
const examples = fencesOf(page)
  .filter(({ mark }) => mark?.split('; ')[0] === 'act')
  .map((fence) => [JSON.parse(fence.text).act, fence] as const);

const AGAIN = rowsUnder(page, 'When an answer is lost').map(({ cells: [outcome = '', acts = ''] }) => ({
  outcome,
  acts: [...acts.matchAll(/`([\w.]+)`/g)].map(([, act = '']) => act),
}));

describe('the page on administration', () => {
  it('has one example of each act, under a heading of that name', () => {
    expect(examples.map(([act]) => act).toSorted()).toEqual(ADMIN_ACTS.toSorted());
    expect(examples.filter(([act, { line }]) => sectionOf(line).act !== act)).toEqual([]);
  });

  it.each(examples)('has an example of %s that is a request', (_act, { text }) => {
    expect(() => parseAdminRequest(JSON.parse(text))).not.toThrow();
  });

  it('shows a refusal as it is', () => {
    const { text } = fencesOf(page).find(({ mark }) => mark === 'refused') ?? NO_FENCE;

    expect(() => parseAdminRequest({ act: 'app.lst' })).toThrow(JSON.parse(text).error.message);
  });

  it('says of each act once what a second request leads to', () => {
    expect(AGAIN.flatMap(({ acts }) => acts).toSorted()).toEqual(ADMIN_ACTS.toSorted());
  });
});

describe('its examples, one after the other, against the local server', () => {
  let answers: readonly Answered[] = [];
  const answeredTo = (act: string): Answered => answers.find((answered) => answered.act === act) ?? { act, twice: [], fence: NO_FENCE };

  beforeAll(async () => {
    answers = await askAll();
  }, 120_000);

  it.each(examples)('%s is done, and the page names what comes back', (act) => {
    const { twice, fence } = answeredTo(act);

    expect(twice[0]).toMatchObject({ ok: true });
    expect(namesOf(twice[0]).filter((name) => !sectionOf(fence.line).text.includes(`\`${name}\``))).toEqual([]);
  });

  it.each(AGAIN.flatMap(({ outcome, acts }) => acts.map((act) => [act, outcome] as const)))('a second %s %s', (act, outcome) => {
    expect(answeredTo(act).twice[1]?.ok).toBe(!outcome.startsWith('is refused'));
  });
});

type Answered = { readonly act: string; readonly fence: Fence; readonly twice: readonly AdminAnswer[] };

const NO_FENCE: Fence = { line: 0, language: 'json', mark: undefined, text: '' };

/** What is below a heading, the introduction of the headings above it included: an answer that acts have in common is described there. */
function sectionOf(line: number): { readonly act: string | undefined; readonly text: string } {
  const above = headingsOf(page).filter((heading) => heading.line < line);
  const heading = above.at(-1);
  const group = page.lines.findLast(({ number, text }) => number < line && text.startsWith('## '))?.number ?? 0;
  const introduction = page.lines.slice(group, headingsOf(page).find((each) => each.line > group)?.line);
  const own = page.lines.slice(heading?.line, line - 2);
  return { act: codeIn(heading?.text), text: [...introduction, ...own].map(({ text }) => text).join('\n') };
}

const namesOf = (answer: AdminAnswer | undefined): readonly string[] =>
  answer?.ok === true && typeof answer.result === 'object' && answer.result !== null ? Object.keys(answer.result) : [];

/** Sends each example twice. What an answer calls otherwise than the page, the ids above all, is put in its place from then on. */
async function askAll(): Promise<readonly Answered[]> {
  await using folder = await temporaryFolder();
  const server = await startLocalServer(folder.path);
  try {
    await fill(server.tenantUrl, server.token ?? '');
    const ask = await askerOf(folder.path);
    const names = new Map<string, string>();
    const answers: Answered[] = [];
    for (const [act, fence] of examples) {
      const request = inItsPlace(fence.text, names);
      const first = await ask(request);
      for (const [path, name] of learnt(fence)) names.set(name, valueAt(first, path));
      answers.push({ act, fence, twice: [first, await ask(request)] });
    }
    return answers;
  } finally {
    await server.end('SIGTERM');
  }
}

async function fill(tenantUrl: string, token: string): Promise<void> {
  const scim = scimClient({ tenantUrl }, token);
  const { body } = await scim('POST', '/Users', { schemas: [USER], userName: 'babs@example.com', displayName: 'Babs' });
  await scim('POST', '/Groups', { schemas: [GROUP], displayName: 'Sales', members: [{ value: body['id'] }] });
}

const keyFileSchema = z.object({ url: z.string(), key: z.string() });

async function askerOf(dataFolder: string): Promise<(request: string) => Promise<AdminAnswer>> {
  const { url, key } = keyFileSchema.parse(JSON.parse(await readFile(join(dataFolder, 'admin.json'), 'utf8')));
  return async (body) => {
    const response = await fetch(url, { method: 'POST', headers: { authorization: `Bearer ${key}` }, body });
    return adminAnswerSchema.parse(await response.json());
  };
}

const learnt = ({ mark = '' }: Fence): readonly (readonly [path: string, name: string])[] =>
  mark
    .split('; ')
    .slice(1)
    .map((lesson) => {
      const [path = '', ...name] = lesson.split(' is ');
      return [path, name.join(' is ')];
    });

const inItsPlace = (text: string, names: ReadonlyMap<string, string>): string =>
  [...names].reduce(
    (request, [name, value]) => request.replaceAll(JSON.stringify(name), JSON.stringify(value)),
    JSON.stringify(JSON.parse(text)),
  );

function valueAt(answer: AdminAnswer, path: string): string {
  const result: Json = answer.ok ? JSON.parse(JSON.stringify(answer.result)) : answer.error.message;
  const value = path.split('.').reduce<Json | undefined>((within, name) => memberOf(within, name), result);
  if (typeof value !== 'string') throw new TypeError(`the answer has no text at ${path}: ${JSON.stringify(result)}`);
  return value;
}

function memberOf(value: Json | undefined, name: string): Json | undefined {
  if (Array.isArray(value)) return value[Number(name)];
  return isObject(value) ? value[name] : undefined;
}
