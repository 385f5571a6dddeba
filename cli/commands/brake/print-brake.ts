import type { ShownBrake } from '../../../src/directory/brake/administer.ts';
import type { Terminal } from '../../terminal.ts';

export function printBrake(brake: ShownBrake, json: true | undefined, { print }: Pick<Terminal, 'print'>): void {
  if (json) print(JSON.stringify(brake));
  else describe(brake).forEach(print);
}

function describe({ application, limit, count, state, holdsSince, releasedUntil }: ShownBrake): readonly string[] {
  const counts = `${count} of at most ${limit} resources were disabled or removed within the last hour.`;
  switch (state) {
    case 'off':
      return [`Application ${application} has no brake: "scim app set --set maxRemovalsPerHour=50" gives it one.`];
    case 'released':
      return [`Application ${application}: the brake is released until ${releasedUntil}, and nothing is counted.`];
    case 'open':
      return [`Application ${application}: ${counts}`];
    case 'holding':
      return [
        `Application ${application}: ${counts}`,
        `The brake holds${holdsSince === null ? '' : ` since ${holdsSince}`}: find out whether so many are meant; "scim brake release" lets them through.`,
      ];
  }
}
