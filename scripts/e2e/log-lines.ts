import { paginateFilterLogEvents } from '@aws-sdk/client-cloudwatch-logs';
import { resourcesOf, rootClients } from './account.ts';
import type { World } from './world.ts';

/** Everything that the functions of a tenant have logged. */
export async function linesOf(world: World, tenant: string): Promise<readonly string[]> {
  const groups = [...(await resourcesOf(world, tenant, 'AWS::Logs::LogGroup')).values()];
  return (await Promise.all(groups.map((group) => linesIn(world, group)))).flat();
}

export async function linesIn(world: World, logGroupName: string): Promise<readonly string[]> {
  const lines: string[] = [];
  for await (const page of paginateFilterLogEvents({ client: rootClients(world).logs }, { logGroupName })) {
    lines.push(...(page.events ?? []).flatMap(({ message }) => (message === undefined ? [] : [message.trimEnd()])));
  }
  return lines;
}
