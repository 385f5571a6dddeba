import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { checkAlarms } from '../../scripts/docs/check-alarms.ts';
import { checkAttributes } from '../../scripts/docs/check-attributes.ts';
import { checkCitations } from '../../scripts/docs/check-citations.ts';
import { checkDecisions } from '../../scripts/docs/check-decisions.ts';
import { checkErrors, checkLeniencies } from '../../scripts/docs/check-errors.ts';
import { checkLimits } from '../../scripts/docs/check-limits.ts';
import { checkIndex, checkLinks } from '../../scripts/docs/check-links.ts';
import { checkLogFields } from '../../scripts/docs/check-log-fields.ts';
import { checkMetrics } from '../../scripts/docs/check-metrics.ts';
import { checkSavedQueries } from '../../scripts/docs/check-saved-queries.ts';
import { checkSettings } from '../../scripts/docs/check-settings.ts';
import { CHECKS } from '../../scripts/docs/checks.ts';
import { type Finding, openRepository, type Repository } from '../../scripts/docs/repository.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const asItIs = openRepository(ROOT);

type Check = (repository: Repository) => readonly Finding[];

/** One thing wrong on a page or in the code, and what has to be said about it. */
type Planted = {
  readonly title: string;
  readonly check: Check;
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  readonly says: string;
};

const PLANTED: readonly Planted[] = [
  {
    title: 'an alarm with another threshold',
    check: checkAlarms,
    file: 'docs/reference/metrics.md',
    from: 'Sum ≥ 20 of 5 min',
    to: 'Sum ≥ 30 of 5 min',
    says: 'lib/alarms.ts has: AuthFailures | Sum ≥ 20 of 5 min, 1 of 1',
  },
  {
    title: 'an alarm that is not there',
    check: checkAlarms,
    file: 'docs/reference/metrics.md',
    from: '| [`brake`]',
    to: '| [`gas`]',
    says: '"gas" is no alarm',
  },
  {
    title: 'a runbook that leaves out when it is over',
    check: checkAlarms,
    file: 'docs/how-to/runbooks/brake.md',
    from: '## When it is over',
    to: '## Then',
    says: 'the section "When it is over" is missing',
  },
  {
    title: 'a metric that is not sent',
    check: checkMetrics,
    file: 'docs/reference/metrics.md',
    from: '| `Creates` |',
    to: '| `Births` |',
    says: '"Births" is no metric',
  },
  {
    title: 'another unit',
    check: checkMetrics,
    file: 'docs/reference/metrics.md',
    from: '| `Latency` | Milliseconds |',
    to: '| `Latency` | Count |',
    says: 'is Milliseconds',
  },
  {
    title: 'a refusal under another name',
    check: checkErrors,
    file: 'docs/reference/errors.md',
    from: '| `tooLarge` |',
    to: '| `tooBig` |',
    says: 'lacks "tooLarge"',
  },
  {
    title: 'a refusal that does not exist',
    check: checkErrors,
    file: 'docs/reference/errors.md',
    from: '| `tooLarge` |',
    to: '| `tooBig` |',
    says: '"tooBig" is no refusal',
  },
  {
    title: 'another status',
    check: checkErrors,
    file: 'docs/reference/errors.md',
    from: '| `uniqueness` | 409 |',
    to: '| `uniqueness` | 400 |',
    says: 'status 409',
  },
  {
    title: 'another scimType',
    check: checkErrors,
    file: 'docs/reference/errors.md',
    from: '409 | `uniqueness` |',
    to: '409 | — |',
    says: 'scimType uniqueness',
  },
  {
    title: 'an attribute left out',
    check: checkAttributes,
    file: 'docs/reference/scim.md',
    from: /^\| `nickName`.*\n/m,
    to: '',
    says: 'lacks "nickName"',
  },
  {
    title: 'a sub-attribute left out',
    check: checkAttributes,
    file: 'docs/reference/scim.md',
    from: '`familyName`, ',
    to: '',
    says: '`familyName`',
  },
  {
    title: 'a leniency left out',
    check: checkLeniencies,
    file: 'docs/reference/leniencies.md',
    from: /^\| `verbCase`.*\n/m,
    to: '',
    says: 'lacks "verbCase"',
  },
  {
    title: 'a leniency listed twice',
    check: checkLeniencies,
    file: 'docs/reference/leniencies.md',
    from: '| `verbCase` |',
    to: '| `bareValues` |',
    says: 'listed twice',
  },
  {
    title: 'a log field the code has gained',
    check: checkLogFields,
    file: 'src/runtime/log.ts',
    from: 'readonly subject?',
    to: 'readonly secret?: string;\n  readonly subject?',
    says: 'lacks "secret"',
  },
  {
    title: 'a field the access log has lost',
    check: checkLogFields,
    file: 'lib/constructs/scim-api.ts',
    from: /^ {2}functionMs: .*\n/m,
    to: '',
    says: '"functionMs" is no field',
  },
  {
    title: 'a saved query left out',
    check: checkSavedQueries,
    file: 'docs/reference/saved-queries.md',
    from: /^\| `slow`.*\n/m,
    to: '',
    says: 'lacks "slow"',
  },
  {
    title: 'another question than a saved query asks',
    check: checkSavedQueries,
    file: 'docs/reference/saved-queries.md',
    from: 'Which tokens are in use?',
    to: 'Which tokens are there?',
    says: '`tokens` asks',
  },
  {
    title: 'a field that a saved query needs',
    check: checkSavedQueries,
    file: 'docs/reference/log-fields.md',
    from: /^\| `coldStart`.*\n/m,
    to: '',
    says: 'names "coldStart", which no line has',
  },
  {
    title: 'a variable the functions have gained',
    check: checkSettings,
    file: 'src/runtime/environment.ts',
    from: '  TENANT: z',
    to: '  REGION: z.string(),\n  TENANT: z',
    says: 'lacks "REGION"',
  },
  {
    title: 'a variable npm start no longer reads',
    check: checkSettings,
    file: 'local/settings.ts',
    from: "variables['PORT']",
    to: '8080',
    says: '"PORT" is no variable',
  },
  {
    title: 'another default in the tenant file',
    check: checkSettings,
    file: 'docs/reference/settings.md',
    from: '`365`',
    to: '`30`',
    says: 'the default of "logRetentionDays" is 365',
  },
  {
    title: 'a policy setting left out',
    check: checkSettings,
    file: 'docs/reference/policies.md',
    from: /^\| `features.read`.*\n/m,
    to: '',
    says: 'lacks "features.read"',
  },
  {
    title: 'another default of a policy setting',
    check: checkSettings,
    file: 'docs/reference/policies.md',
    from: '| `true` | The one switch',
    to: '| `false` | The one switch',
    says: 'the default of "autoUserProvisioning" is true',
  },
  {
    title: 'a policy setting that is none',
    check: checkSettings,
    file: 'docs/reference/policies.md',
    from: '| `ipRanges` |',
    to: '| `ipRange` |',
    says: '"ipRange" is no field',
  },
  {
    title: 'a limit that was raised in the code',
    check: checkLimits,
    file: 'src/scim/body.ts',
    from: 'MAX_BODY_BYTES = 1024',
    to: 'MAX_BODY_BYTES = 2048',
    says: 'MAX_BODY_BYTES is 2097152',
  },
  {
    title: 'a limit in other units',
    check: checkLimits,
    file: 'docs/reference/limits.md',
    from: '| 15 min |',
    to: '| 15 s |',
    says: 'USABLE_MS is 900000',
  },
  {
    title: 'a constant that has gone',
    check: checkLimits,
    file: 'docs/reference/limits.md',
    from: '`MAX_SCAN_BYTES`',
    to: '`MAX_WALK_BYTES`',
    says: 'holds no number named MAX_WALK_BYTES',
  },
  {
    title: 'a file that has gone',
    check: checkLimits,
    file: 'docs/reference/limits.md',
    from: 'src/dynamodb/resource-rows.ts',
    to: 'src/dynamodb/part.ts',
    says: 'no file "src/dynamodb/part.ts"',
  },
  {
    title: 'a link to nowhere',
    check: checkLinks,
    file: 'docs/how-to/connect-okta.md',
    from: '(add-a-tenant.md)',
    to: '(add-tenant.md)',
    says: 'no docs/how-to/add-tenant.md',
  },
  {
    title: 'a link to a heading that is not there',
    check: checkLinks,
    file: 'docs/how-to/connect-okta.md',
    from: '#members-in-one-request',
    to: '#members',
    says: 'no heading "#members"',
  },
  {
    title: 'a page nobody would find',
    check: checkIndex,
    file: 'docs/how-to/new-page.md',
    from: /^/,
    to: '# New',
    says: 'docs/how-to/new-page.md is not listed',
  },
  {
    title: 'a gap in the decisions',
    check: checkDecisions,
    file: 'docs/adr/0999-later.md',
    from: /^/,
    to: '# 999. Later\n\n**Status:** accepted\n',
    says: 'renumber',
  },
  {
    title: 'a decision without a status',
    check: checkDecisions,
    file: 'docs/adr/0001-single-table.md',
    from: '**Status:** accepted',
    to: '',
    says: 'Status',
  },
  {
    title: 'a section that does not exist',
    check: checkCitations,
    file: 'src/scim/urn.ts',
    from: 'RFC 7644 §8.2',
    to: 'RFC 7644 §10.3',
    says: 'RFC 7644 has no section 10.3',
  },
  {
    title: 'a citation in another form',
    check: checkCitations,
    file: 'src/scim/urn.ts',
    from: 'RFC 7644 §8.2',
    to: 'RFC7644 section 8.2',
    says: 'cite a section as',
  },
];

describe('npm run docs:check', () => {
  it.each(CHECKS)('finds nothing in the docs as they are: %p', (check) => {
    expect(check(asItIs)).toEqual([]);
  });

  it.each(PLANTED)('notices $title', ({ check, file, from, to, says }) => {
    const before = asItIs.text(file);
    const after = before.replace(from, to);

    const findings = check(openRepository(ROOT, { [file]: after }));

    expect(after).not.toBe(before);
    expect(findings.map(({ message }) => message)).toContainEqual(expect.stringContaining(says));
  });
});
