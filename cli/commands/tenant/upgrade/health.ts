import { checkedServiceSchema } from '../../../../src/directory/service/answers.ts';
import { askAdmin } from '../../../ask-admin.ts';
import type { Terminal } from '../../../terminal.ts';
import type { Finding } from '../../doctor/finding.ts';
import { judgeEndpoint, probe } from '../../doctor/judge-endpoint.ts';
import { judgeService } from '../../doctor/judge-service.ts';

/** What is wrong with a tenant. Of two looks, what both have found is no consequence of what was done in between. */
export type Health = { readonly wrong: readonly Finding[] };

/** A new deployment of an API answers everywhere only after a while. */
const LOOKS = 6;
const PAUSE_MS = 5_000;

export async function lookAt(stackName: string, by: string, terminal: Terminal): Promise<Health> {
  const request = { act: 'service.check', by } as const;
  const asked = { target: { kind: 'deployed', stackName } as const, request, expect: checkedServiceSchema };
  try {
    const { result, tenantUrl } = await askAdmin(asked, terminal);
    const endpoint = judgeEndpoint(tenantUrl, tenantUrl === undefined ? undefined : await probe(tenantUrl));
    return { wrong: [endpoint, ...judgeService(result, terminal.now())].filter(({ verdict }) => verdict === 'wrong') };
  } catch (error) {
    const says = error instanceof Error ? error.message : String(error);
    return { wrong: [{ check: 'admin function', verdict: 'wrong', says }] };
  }
}

/** Looks until nothing is wrong that was not wrong before, or patience ends; returns what is newly wrong. */
export async function newlyWrong(
  before: Health,
  look: () => Promise<Health>,
  terminal: Pick<Terminal, 'pause'>,
): Promise<readonly string[]> {
  const known = new Set(before.wrong.map(({ check }) => check));
  for (let left = LOOKS; ; left -= 1) {
    const found = (await look()).wrong.filter(({ check }) => !known.has(check));
    if (found.length === 0 || left <= 1) return found.map(({ check, says }) => `${check}: ${says}`);
    await terminal.pause(PAUSE_MS);
  }
}
