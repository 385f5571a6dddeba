import { join } from 'node:path';
import type { HttpResponse } from '../../../test/support/local-http.ts';
import { type Named, readConversations } from '../../smoke/files.ts';
import { play } from '../../smoke/play.ts';
import { ROOT, scimDone } from '../commands.ts';
import { NOT_HERE } from '../not-here.ts';
import { PASSING } from '../tenants.ts';
import { outputsOf, type Step, type World } from '../world.ts';
import { makeApplication } from './credentials.ts';

const AT_ONCE = 3;

/** These count on being the last who created somebody. */
const ALONE = ['rfc/30-cursor', 'rfc/32-cursor-by-post'];

/** Plays every conversation through API Gateway, as they stand, on a tenant that has nothing else in it. */
export const conversations: Step = {
  name: 'the conversations of the clients',
  run: async (world, check) => {
    const { TenantUrl: tenantUrl } = outputsOf(world, PASSING);
    const all = readConversations();
    const leftOut = new Set(NOT_HERE.map(({ conversation }) => conversation));
    const played = all.filter(({ name }) => !leftOut.has(name));
    for (const { conversation, reason } of NOT_HERE) world.say(`  left out: ${conversation}: ${reason}`);
    const tokens = new Map<string, string>();
    for (const [at, flags] of [...new Set(played.map(flagsOf))].entries()) {
      const { token } = await makeApplication(world, PASSING, `client-${at}`, ...flags.split(' ').filter(Boolean));
      tokens.set(flags, token);
    }
    const endpointOf = (named: Named) => ({
      tenantUrl,
      token: tokens.get(flagsOf(named)) ?? '',
      heard: (answer: HttpResponse) => hear(world, answer),
    });
    const isBuiltIn = ({ conversation }: Named): boolean => conversation.schemas === undefined;
    const builtIn = played.filter(isBuiltIn);
    const isAlone = ({ name }: Named): boolean => ALONE.includes(name);
    for (const each of builtIn.filter(isAlone)) await playAll(world, [each], endpointOf, check);
    const together = builtIn.filter((named) => !isAlone(named));
    await playAll(world, together, endpointOf, check);
    for (const file of new Set(played.flatMap(({ conversation }) => conversation.schemas ?? []))) {
      await scimDone(world, 'schema', 'apply', join(ROOT, 'examples', 'schemas', file), '--tenant', PASSING);
    }
    await playAll(
      world,
      played.filter((named) => !isBuiltIn(named)),
      endpointOf,
      check,
    );
  },
};

async function playAll(
  { say, signal }: World,
  played: readonly Named[],
  endpointOf: Parameters<typeof play>[1]['endpointOf'],
  check: (title: string, holds: boolean) => void,
): Promise<void> {
  const score = await play(played, { atOnce: AT_ONCE, signal, endpointOf, report: say });
  for (let passed = 0; passed < score.passed; passed += 1) check('a conversation', true);
  for (let failed = 0; failed < score.failed; failed += 1) check('a conversation', false);
}

const flagsOf = ({ conversation: { settings = {} } }: Named): string =>
  Object.entries(settings)
    .map((setting) => setting.join('='))
    .join(' ');

/** What an answer was called by the handler is found in the log later. */
function hear({ requestIds }: World, { headers }: HttpResponse): void {
  const id = headers['x-request-id'];
  if (typeof id !== 'string') return;
  const ids = requestIds.get(PASSING) ?? new Set();
  requestIds.set(PASSING, ids.add(id));
}
