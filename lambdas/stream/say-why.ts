import { describeUnexpected } from '../../src/runtime/log.ts';
import type { StreamServices } from '../../src/runtime/stream-services.ts';

/** Says in the log for want of what something waits; the error's message may quote what was sent. */
export function sayWhy({ tenant, log }: StreamServices, waits: string, error: unknown): void {
  log({ event: 'notice', tenant, notice: `${waits}: ${describeUnexpected(error).names.join(', ')}.` });
}
