import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { runCommandLine } from '../../../cli/program.ts';
import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import { EMPTY_LIST } from '../../../src/access/credential-list.ts';
import { hashIdentifier } from '../../../src/access/identifier-key.ts';
import type { LogRecord } from '../../../src/audit/log-source.ts';
import { reportSchema } from '../../../src/audit/report/answer.ts';
import type { TenantLog } from '../../../src/audit/tenant-log.ts';
import { MemoryCredentialStore } from '../../support/access-memory.ts';
import { aTerminal } from '../../support/admin-terminal.ts';

const none = (): never => {
  throw new TypeError('a report reads lines');
};

/** A log that has these lines. */
const aLog = (records: Iterable<LogRecord>, retentionDays?: number): TenantLog => ({
  read: async function* () {
    yield* records;
  },
  retentionDays: async () => retentionDays,
  lines: none,
  follow: none,
  run: none,
});

const TIME = '2026-05-31T12:00:00.000Z';
const LINE = {
  time: TIME,
  event: 'request',
  requestId: '7f8dc820-2d3e-47d9-87f7-a0f752c8b2ae',
  status: 200,
  application: 'default',
  resourceType: 'User',
};
const CREATED = { ...LINE, operation: 'create', status: 201, subject: 'ada@example.com', resourceId: 'a', changed: ['userName', 'emails'] };
const TAKEN = { ...LINE, operation: 'create', status: 409, refusal: 'uniqueness', subject: 'ada@example.com' };
const REMOVED = {
  time: TIME,
  event: 'admin',
  act: 'resource.remove',
  by: 'ops',
  outcome: 'done',
  requestId: 'r9',
  subject: 'ada@example.com',
  resourceId: 'a',
};

function aReport(records: Iterable<LogRecord>, options: Parameters<typeof aTerminal>[0] & { readonly retentionDays?: number } = {}) {
  const system = aTerminal({ ...options, log: aLog(records, options.retentionDays) });
  const files = new Map<string, string>();
  const terminal = {
    ...system.terminal,
    openOutput: async (path = '') => {
      if (path.startsWith('/no/')) throw new Error('ENOENT');
      return { write: async (text: string) => void files.set(path, (files.get(path) ?? '') + text), close: async () => undefined };
    },
  };
  const report = (line = '') => runCommandLine(['report', '--local', ...line.split(' ').filter(Boolean)], terminal);
  return { ...system, report, files };
}

describe('scim report as a table', () => {
  it('says of what it is, and what it comes to', async () => {
    const { report, out, err } = aReport([CREATED, TAKEN, REMOVED], { retentionDays: 365 });

    expect(await report()).toBe(0);
    const text = out.join('\n');
    expect(text).toContain('Provisioning report of this machine, from 2026-05-31 00:00:00 to 2026-06-01 00:00:00 (UTC).');
    expect(text).toContain('Lines are kept for 365 days');
    expect(text).toMatch(/2026-05-31 12:00:00 {2}default +ada@example\.com +create +succeeded +userName emails +7f8dc820/);
    expect(text).toContain('409 A value that must be unique is already in use. (request 7f8dc820-2d3e-47d9-87f7-a0f752c8b2ae)');
    expect(text).toMatch(/\(ops\) +ada@example\.com +remove/);
    expect(text).toContain('3 rows: 2 changes, 1 failure, 0 ignored by policy; 1 user changed.');
    expect(text).toMatch(/2026-05-31 12:00 {2}█+░+ 2 changed, 1 failed/);
    expect(err).toEqual([]);
  });

  it('of a deployed tenant says that the latest lines may be missing, unless it ends before them', async () => {
    const { terminal, out } = aReport([], { retentionDays: 365 });

    await runCommandLine(['report', '--tenant', 'example'], terminal);
    expect(out.join('\n')).toContain('Lines of the last minute may still be on their way');
    await runCommandLine(['report', '--tenant', 'example', '--to', '2026-05-31'], terminal);
    await runCommandLine(['report', '--local'], terminal);
    expect(out.join('\n').match(/on their way/g)).toHaveLength(1);
  });

  it('that breaks off says which file is not complete', async () => {
    const broken = (function* () {
      yield CREATED;
      throw new AdminRefusal('CloudWatch ended the query.');
    })();
    const { report, err } = aReport(broken);

    expect(await report('--output r.csv --format csv')).toBe(1);
    expect(err).toEqual(['r.csv is not complete: leave it aside, and make the report again.', 'CloudWatch ended the query.']);
  });

  it('is no wider than 117 columns, and shows no control character', async () => {
    const { report, out } = aReport([{ ...CREATED, subject: `\u001b[2J${'x'.repeat(90)}`, changed: Array(20).fill('displayName') }]);

    await report();

    const row =
      out
        .join('\n')
        .split('\n')
        .find((line) => line.includes('?[2J')) ?? '';
    expect([...row].length).toBeLessThanOrEqual(117);
  });

  it('says so where the timespan begins before anything is kept', async () => {
    const { report, out } = aReport([], { retentionDays: 7 });

    await report('--since 30d');

    expect(out.join('\n')).toContain('The timespan begins before that: what is older is missing.');
  });

  it('says how many lines it cannot read', async () => {
    const { report, out } = aReport([{ ...CREATED, status: 'new form' }]);

    await report();

    expect(out.join('\n')).toContain('1 line of the log have a form');
  });

  it('finds a person by name where the log has hashes, and says that it has', async () => {
    const key = 'K'.repeat(43);
    const credentials = new MemoryCredentialStore({ ...EMPTY_LIST, identifierKey: key });
    const { report, out } = aReport([{ ...CREATED, subject: hashIdentifier(key, 'ada@example.com') }], { credentials });

    await report('--user Ada@Example.com');

    expect(out.join('\n')).toMatch(/about Ada@Example\.com\.[\s\S]*hmac-sha256:[\s\S]*Identifiers are hashed/);
  });
});

describe('scim report for programs', () => {
  it('is one object of the schema as JSON, and nothing beside it', async () => {
    const { report, out, err } = aReport([CREATED, TAKEN]);

    await report('--json --app default');

    expect(err).toEqual([]);
    expect(reportSchema.parse(JSON.parse(out.join('\n')))).toMatchObject({
      timespan: { from: '2026-05-31T00:00:00.000Z', to: '2026-06-01T00:00:00.000Z' },
      retentionDays: null,
      filters: { user: null, application: 'default' },
      rows: [{ action: 'create', outcome: 'succeeded' }, { refusal: 'uniqueness' }],
      identifiers: 'plain',
      summary: { rows: 2 },
    });
  });

  it('is a heading and a line a row as CSV, in which no name is a formula', async () => {
    const { report, out, err } = aReport([{ ...CREATED, subject: '=HYPERLINK("https://example.com")' }]);

    await report('--format csv');

    const [heading, row] = out.join('\n').split('\r\n');
    expect(heading).toMatch(/^time,application,by,subject,previousSubject,/);
    expect(row).toContain(`"'=HYPERLINK(""https://example.com"")"`);
    expect(row).toContain(',userName emails,');
    expect(err.join('\n')).toContain('1 row: 1 change');
  });
});

describe('scim report as a page', () => {
  const NASTY = '<script>alert("x")</script>&\'';

  async function page(records: Iterable<LogRecord>) {
    const { report, files, err } = aReport(records);
    await report('--format html --output /tmp/report.html');
    return { text: files.get('/tmp/report.html') ?? '', err };
  }

  it('loads nothing, and runs nothing but its own script', async () => {
    const { text, err } = await page([CREATED, TAKEN]);

    const [policy = ''] = /http-equiv="Content-Security-Policy" content="[^"]*"/.exec(text) ?? [];
    const hashOf = (tag: string): string => {
      const [, content = ''] = new RegExp(`<${tag}>([\\s\\S]*?)</${tag}>`).exec(text) ?? [];
      return createHash('sha256').update(content).digest('base64');
    };
    expect(policy).toContain("default-src 'none'".replaceAll("'", '&#39;'));
    for (const tag of ['style', 'script']) expect(policy).toContain(`${tag}-src &#39;sha256-${hashOf(tag)}&#39;`);
    expect(text).not.toMatch(/(?:src|href|style)="|https?:/);
    expect(err[0]).toBe('Wrote 2 rows to /tmp/report.html.');
  });

  it('escapes whatever is filled in', async () => {
    const { text } = await page([{ ...TAKEN, subject: NASTY, application: NASTY }]);

    expect(text).not.toContain('alert("x")');
    expect(text.split('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&amp;&#39;').length).toBeGreaterThan(3);
    expect(text.match(/<script>/g)).toHaveLength(1);
  });

  it('has charts of time, actions, applications and reasons, and a row for each row', async () => {
    const { text } = await page([CREATED, TAKEN, REMOVED]);

    expect(text.match(/<svg /g)).toHaveLength(4);
    expect(text.match(/<tr/g)).toHaveLength(4);
    expect(text.match(/<tr class="failed">/g)).toHaveLength(1);
  });

  it('shows the first 20,000 rows, counts all, and says so', async () => {
    const { text } = await page(Array.from({ length: 20_010 }, () => CREATED));

    expect(text.match(/<td class="time">/g)).toHaveLength(20_000);
    expect(text).toContain('The first 20,000 of 20,010');
  });
});

describe('scim report that cannot be', () => {
  it.each([
    ['--json --format csv', '--json is --format json: give one of the two.'],
    ['--since 24', '--since takes minutes'],
    [`--user ${'x'.repeat(1_025)}`, '--user takes a name or an id.'],
    ['--format pdf', 'Allowed choices are table, csv, json, html'],
    ['--tenant example', '--local and --tenant exclude each other'],
  ])('is refused: %s', async (words, message) => {
    const { report, err } = aReport([]);

    expect(await report(words)).toBe(2);
    expect(err.join('\n')).toContain(message);
  });

  it('says which file cannot be written', async () => {
    const { report, err } = aReport([]);

    expect(await report('--output /no/where.csv')).toBe(1);
    expect(err).toEqual(['/no/where.csv cannot be written: name a file in a folder that is there.']);
  });

  it('shows how far it has come where somebody watches', async () => {
    const shown: string[] = [];
    const { report } = aReport(
      Array.from({ length: 2_000 }, () => CREATED),
      { progress: (text) => shown.push(text) },
    );

    await report('--format csv');

    expect(shown).toEqual(['1,000 lines read, up to 2026-05-31 12:00:00 UTC', '2,000 lines read, up to 2026-05-31 12:00:00 UTC', '']);
  });
});
