import { daysUntilLockedOut, expiryWarnings } from '../../src/access/expiry-warnings.ts';
import type { StoreCall } from '../../src/access/ports.ts';
import type { WorkerServices } from '../../src/runtime/worker-services.ts';

/**
 * Warns of credentials that will soon be refused, and says how many days are left until a client is locked out.
 *
 * It ends nothing: with the vault out of reach, the table is inspected all the same.
 */
export async function inspectCredentials(
  { credentials, claimWarning, tenant, clock, log }: WorkerServices,
  call: StoreCall,
): Promise<void> {
  try {
    const list = (await credentials.readCredentials()).credentials;
    const now = new Date(clock());
    for (const warning of expiryWarnings(list, now)) {
      const { credential, application, kind, daysLeft } = warning;
      const isNews = await claimWarning(warning, call);
      if (isNews) log({ event: 'credentialExpiry', tenant, application, credential, kind, daysLeft });
    }
    const daysLeft = daysUntilLockedOut(list, now);
    if (daysLeft !== undefined) log({ event: 'metric', tenant, TokenDaysLeft: daysLeft });
  } catch (error) {
    const reason = error instanceof Error ? error.name : typeof error;
    log({ event: 'notice', tenant, notice: `Whose credentials expire could not be looked up: ${reason}.` });
  }
}
