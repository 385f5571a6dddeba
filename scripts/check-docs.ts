/**
 * Holds the docs against the code: what the reference pages list exists, with the values they give, and what exists is
 * listed; links lead somewhere; decisions are numbered; RFC sections are cited in one form. Prints each difference with
 * its place and what to do about it.
 */
import { checkAttributes } from './docs/check-attributes.ts';
import { checkCitations } from './docs/check-citations.ts';
import { checkDecisions } from './docs/check-decisions.ts';
import { checkErrors, checkLeniencies } from './docs/check-errors.ts';
import { checkLimits } from './docs/check-limits.ts';
import { checkIndex, checkLinks } from './docs/check-links.ts';
import { checkLogFields } from './docs/check-log-fields.ts';
import { checkSettings } from './docs/check-settings.ts';
import { openRepository } from './docs/repository.ts';

const CHECKS = [
  checkErrors,
  checkAttributes,
  checkLeniencies,
  checkLogFields,
  checkSettings,
  checkLimits,
  checkLinks,
  checkIndex,
  checkDecisions,
  checkCitations,
];

const repository = openRepository('.');
const findings = CHECKS.flatMap((check) => check(repository));
for (const { file, line, message } of findings) console.error(`${file}:${line}: ${message}`);
const pages = repository.files('.md').length;
console.log(`docs: ${pages} pages, ${CHECKS.length} checks, ${findings.length} findings`);
process.exitCode = findings.length > 0 ? 1 : 0;
