/**
 * Holds the docs against the code: what the reference pages list exists, with the values they give, and what exists is
 * listed; links lead somewhere; decisions are numbered; RFC sections are cited in one form. Prints each difference with
 * its place and what to do about it.
 */
import { CHECKS } from './docs/checks.ts';
import { openRepository } from './docs/repository.ts';

const repository = openRepository('.');
const findings = CHECKS.flatMap((check) => check(repository));
for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
const pages = repository.files('.md').length;
console.log(`docs: ${pages} pages, ${CHECKS.length} checks, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
