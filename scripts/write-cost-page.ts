/**
 * Renders what a month costs into its page, from the templates as they are.
 *
 *   npm run cost:docs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { runCommandLine } from '../cli/program.ts';
import { processTerminal } from '../cli/terminal.ts';
import { withCosts } from './docs/cost-page.ts';

const PAGE = 'docs/explanation/cost.md';

const printed: string[] = [];
const terminal = { ...processTerminal(), print: (line: string) => void printed.push(line) };
process.exitCode = await runCommandLine(['cost', '--tenant', 'example'], terminal);
if (process.exitCode === 0) writeFileSync(PAGE, withCosts(readFileSync(PAGE, 'utf8'), printed));
