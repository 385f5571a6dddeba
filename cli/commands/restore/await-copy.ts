import { AdminRefusal } from '../../../src/access/admin-refusal.ts';
import type { Recovery } from '../../../src/runtime/recovery.ts';
import type { Terminal } from '../../terminal.ts';

const POLL_MS = 30_000;
/** Half a day: AWS takes hours for the largest tables, and minutes for the smallest. */
const MOST_POLLS = (12 * 60 * 60 * 1_000) / POLL_MS;

/**
 * Waits until the copy is there. It goes on with one that an earlier start has asked for.
 *
 * @throws {AdminRefusal} it is still not there
 */
export async function awaitCopy(recovery: Recovery, terminal: Pick<Terminal, 'say' | 'progress' | 'pause' | 'now'>): Promise<void> {
  const { copy, source } = recovery;
  const begunAt = terminal.now().getTime();
  const found = await recovery.state();
  if (found === 'absent') await recovery.begin();
  if (found !== 'ready') {
    terminal.say(
      `AWS copies ${source} as it was into the table ${copy}. That takes some minutes, or hours; if this breaks off, run it again. Until it is deleted, the copy is paid for.`,
    );
    for (let poll = 0; (await recovery.state()) !== 'ready'; poll += 1) {
      if (poll === MOST_POLLS) throw new AdminRefusal(`The table ${copy} is still being made: run this again later.`);
      terminal.progress?.(`${Math.round((terminal.now().getTime() - begunAt) / 60_000)} min`);
      await terminal.pause(POLL_MS);
    }
    terminal.progress?.('');
  } else terminal.say(`The table ${copy} is there from an earlier start.`);
}
