import { compareNames } from './compare-names.ts';
import { rowsUnder } from './markdown.ts';
import type { Finding, Repository } from './repository.ts';

const PAGE = 'docs/reference/log-fields.md';
const LOG = 'src/runtime/log.ts';
const API = 'lib/constructs/scim-api.ts';

/** What `writeLog` adds; the metrics are listed on a page of their own. */
const ON_EVERY_LINE = ['time', 'level', 'event', '_aws'];

/** Fields of each type of line, by its event; they are types only, so their text is what there is to read. */
export function readLogFields(source: string): ReadonlyMap<string, readonly string[]> {
  const types = [...source.matchAll(/^(?:export )?type \w+Line = \{([\s\S]*?)\};$/gm)].map(([, body = '']) => body);
  return new Map(
    types.map((body) => {
      const fields = [...body.matchAll(/readonly (\w+)\??:/g)].map(([, field = '']) => field);
      const event = /readonly event: '(\w+)'/.exec(body)?.[1] ?? 'unknown';
      return [event, fields.filter((field) => field !== 'event')] as const;
    }),
  );
}

/** The tenant's name is put before them. */
const readAccessLogFields = (source: string): readonly string[] => ['tenant', ...listedAccessLogFields(source)];

const listedAccessLogFields = (source: string): readonly string[] =>
  [...(/^const ACCESS_LOG = \{([\s\S]*?)\};$/m.exec(source)?.[1] ?? '').matchAll(/^ {2}(\w+):/gm)].map(([, field = '']) => field);

/** Holds the page against the types of log lines, event by event: a section for each, a row for each field. */
export function checkLogFields(repository: Repository): readonly Finding[] {
  const page = repository.page(PAGE);
  const events = readLogFields(repository.text(LOG));
  if (events.size < 2)
    return [{ file: LOG, line: 1, message: 'no log lines were found: bring scripts/docs/check-log-fields.ts up to date' }];
  const sections = [
    { heading: 'Every line', names: ON_EVERY_LINE, noun: `field on every line of ${LOG}` },
    ...[...events].map(([event, names]) => ({ heading: `\`${event}\``, names, noun: `field of the ${event} line in ${LOG}` })),
    { heading: 'Access log of API Gateway', names: readAccessLogFields(repository.text(API)), noun: `field of the access log in ${API}` },
  ];
  return sections.flatMap(({ heading, names, noun }) => compareNames({ page, rows: rowsUnder(page, heading), names, noun }));
}
