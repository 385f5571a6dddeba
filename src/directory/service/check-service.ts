import { summarise } from '../../access/admin-answer.ts';
import type { RequestOf } from '../../access/admin-request.ts';
import { type Administered, type Administration, eventOf } from '../../access/administration.ts';
import type { Application } from '../../access/application.ts';
import type { Directory } from '../context.ts';
import type { FeedAdministration } from '../feed/operator/administration.ts';
import type { DirectoryAdministration } from '../operator/administration.ts';
import type { StoreCall } from '../ports.ts';
import type { CheckedService } from './answers.ts';

type Services = {
  readonly administration: Administration;
  readonly directoryAdministration: DirectoryAdministration;
  readonly url: string | undefined;
  readonly openFeed: () => Promise<Pick<FeedAdministration, 'deadLetters'>>;
};

/** Gathers what tells whether a tenant is well; whoever asks judges it. */
export async function checkService(
  { administration, directoryAdministration, url, openFeed }: Services,
  request: RequestOf<'service.check'>,
  call: StoreCall,
): Promise<Administered<CheckedService>> {
  const at = new Date(administration.now());
  const { records, directory } = await directoryAdministration.open(call);
  const [applications, { credentials, unreadable }, used, work, counts, deadLetters] = await Promise.all([
    administration.applications.list(call),
    administration.credentials.readCredentials(),
    administration.lastUses.list(call),
    records.workLeft(call),
    countAll(directory.store, call),
    countDeadLetters(openFeed),
  ]);
  return {
    result: {
      now: at.toISOString(),
      ...(url !== undefined && { url }),
      applications: applications.map(describe),
      credentials: credentials.map((credential) => summarise(credential, at, used.get(credential.id))),
      unreadable: unreadable.length,
      counts,
      work,
      ...(deadLetters !== undefined && { deadLetters }),
    },
    event: eventOf(request, at),
  };
}

async function countAll(store: Directory['store'], call: StoreCall): Promise<CheckedService['counts']> {
  const [users, activeUsers, groups] = await Promise.all([store.count('User', call), store.countSeats(call), store.count('Group', call)]);
  return { users, activeUsers, groups };
}

/** All else that there is to say is said without it. */
const countDeadLetters = (openFeed: Services['openFeed']): Promise<number | undefined> =>
  openFeed()
    .then(({ deadLetters }) => deadLetters.count())
    .catch(() => undefined);

const describe = ({ key, title, state, credentials: { kind }, policy }: Application): CheckedService['applications'][number] => ({
  key,
  title,
  state,
  kind,
  ipRanges: 'ipRanges' in policy && Array.isArray(policy.ipRanges) ? policy.ipRanges.length : 0,
});
