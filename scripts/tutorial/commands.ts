import { fencesOf, type Page } from '../docs/markdown.ts';

/** What the page says of the blocks that `npm run tutorial` runs, and no test of the pages. */
const MARK = 'run: never (npm run tutorial runs it, from a fresh clone)';

/** How the page puts where the repository is, which every reader knows for themselves. */
export const PLACEHOLDER = '<address of this repository>';

/** What a reader types to see Test Connection green, one line a command. */
export const commandsOf = (page: Page): readonly string[] =>
  fencesOf(page)
    .filter(({ mark }) => mark === MARK)
    .flatMap(({ text }) => text.split('\n'));
