import type { ToldEvent } from '../../../src/directory/feed/operator/answers.ts';
import { printable } from '../../table.ts';
import type { Terminal } from '../../terminal.ts';
import { counted } from '../transfer/rate.ts';

export const printEvent = (event: ToldEvent, json: true | undefined, { print }: Pick<Terminal, 'print'>): void =>
  print(json ? JSON.stringify(event) : describeEvent(event));

/** As wide as the longest type. */
const TYPE_WIDTH = 'resource.snapshot'.length;

/** One event in one line for a person: when, what, of which resource and version, what changed, by whom. */
function describeEvent(event: ToldEvent): string {
  const { type, resourceId, version, part, time, paths = [], members, active, application = '', requestId = '' } = event;
  const cells = [
    time.replace(/\.\d+Z$/, 'Z'),
    type.padEnd(TYPE_WIDTH),
    resourceId,
    `${version}.${part}`,
    paths.length === 0 ? '' : `changed ${paths.join(', ')}`,
    members === undefined ? '' : counted(members.length, 'member'),
    active === false ? 'not active' : '',
    application,
    requestId,
  ];
  return printable(cells.filter((cell) => cell !== '').join('  '));
}
