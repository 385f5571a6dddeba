import { loadCatalogue, pagesOf } from '../../cli/catalogue.ts';
import { runCommandLine } from '../../cli/program.ts';
import { processTerminal } from '../../cli/terminal.ts';

const SECTION = /^(?=#{2,3} scim(?: |$))/m;
const BLOCK = /<!-- help: (.+) -->\n```text\n[\s\S]*?\n```\n/;

/**
 * Renders the page on commands: the help of each, in the order of the help. What is written above the first, and below the
 * help of any that still exists, stays as it is.
 */
export async function renderCliReference(page: string): Promise<string> {
  const [opening = '', ...sections] = page.split(SECTION);
  const kept = new Map(sections.map((section) => [wordsIn(section), proseOf(section)]));
  const rendered = [];
  for (const words of pagesOf(await loadCatalogue())) rendered.push(await renderSection(words, kept.get(words) ?? ''));
  return `${[opening.trimEnd(), ...rendered].join('\n\n')}\n`;
}

const wordsIn = (section: string): string => (BLOCK.exec(section)?.[1] ?? '').replace('(none)', '');

const proseOf = (section: string): string =>
  section
    .replace(/^#.*\n/, '')
    .replace(BLOCK, '')
    .trim();

async function renderSection(words: string, prose: string): Promise<string> {
  const heading = `${words.includes(' ') ? '###' : '##'} ${`scim ${words}`.trim()}`;
  const help = `<!-- help: ${words || '(none)'} -->\n\`\`\`text\n${await helpOf(words)}\n\`\`\``;
  return [heading, help, ...(prose === '' ? [] : [prose])].join('\n\n');
}

async function helpOf(words: string): Promise<string> {
  const printed: string[] = [];
  const terminal = { ...processTerminal(), columns: 80, print: (line: string) => void printed.push(line) };
  await runCommandLine([...words.split(' ').filter(Boolean), '--help'], terminal);
  return printed.join('\n');
}
