import { describe, expect, it } from '@jest/globals';
import { performWork } from '../../../lambdas/sweeper/perform-work.ts';
import { parseWork } from '../../../src/aws/work-queue.ts';
import type { Errand, Sweeper, WorkDone } from '../../../src/directory/ports.ts';
import type { LogLine } from '../../../src/runtime/log.ts';
import { MemoryCredentialStore } from '../../support/access-memory.ts';
import { aCall } from '../../support/store-call.ts';

function setUp(perform: Sweeper['perform']) {
  const [sent, lines]: [Errand[], LogLine[]] = [[], []];
  const queue = { send: async (errands: readonly Errand[]) => void sent.push(...errands) };
  const services = {
    queue,
    parseWork,
    sweeperOf: async () => ({ perform }),
    credentials: new MemoryCredentialStore(),
    claimWarning: async () => true,
    tenant: 'example',
    clock: () => 7,
    log: (line: LogLine) => void lines.push(line),
  };
  return { sent, lines, work: (message: string) => performWork(services, message, aCall({ requestId: 'r-1' })) };
}

const done =
  (more: Partial<WorkDone> = {}) =>
  async (): Promise<WorkDone> => ({ left: [], rows: 0, ...more });

describe('the sweeper', () => {
  it('puts what is left into the queue, and says in a line what it did', async () => {
    const left = [{ work: { kind: 'sweep', type: 'Group', id: 'g' }, delaySeconds: 0 }] as const;
    const { sent, lines, work } = setUp(done({ left, rows: 330 }));

    await work('{"kind":"sweep","type":"Group","id":"g"}');

    expect(sent).toEqual(left);
    expect(lines).toEqual([
      {
        event: 'work',
        requestId: 'r-1',
        tenant: 'example',
        work: 'sweep',
        resourceType: 'Group',
        resourceId: 'g',
        rows: 330,
        left: 1,
        durationMs: 0,
        storeCalls: 0,
        storeRetries: 0,
        readUnits: 0,
        writeUnits: 0,
      },
    ]);
  });

  it('reports what an inspection found', async () => {
    const findings = { items: 9, memberships: 3, orphans: 0, requeued: 1, activeUsers: 2 };
    const { lines, work } = setUp(done({ findings }));

    await work('{"kind":"inspect"}');

    expect(lines.at(-1)).toEqual({ event: 'inspection', tenant: 'example', ...findings });
  });

  it('fails when its work fails, so that the message comes again, and the line quotes nothing', async () => {
    const { lines, work } = setUp(() => Promise.reject(new TypeError('about ada@example.com')));

    await expect(work('{"kind":"requeue"}')).rejects.toThrow(TypeError);

    expect(lines).toMatchObject([{ event: 'unexpectedError', requestId: 'r-1', names: ['TypeError'] }]);
    expect(JSON.stringify(lines)).not.toContain('ada');
  });

  it('fails on a message that is none of ours', async () => {
    const { work } = setUp(done());

    await expect(work('{"kind":"other"}')).rejects.toThrow();
  });
});
