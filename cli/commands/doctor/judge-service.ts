import type { CheckedService } from '../../../src/directory/service/answers.ts';
import { type Finding, good, note, wrong } from './finding.ts';
import { judgeCredentials } from './judge-credentials.ts';

/** Past this, tokens seem to end at other times than they do. */
const NOTABLE_SKEW_SECONDS = 5;
/** Assertions of identity providers are refused. */
const WRONG_SKEW_SECONDS = 60;
/** Clients that provision ask every hour or so. */
const QUIET_MS = 24 * 60 * 60_000;
/** In as much work as this something stands still. */
const MUCH_WORK = 1_000;

/** Judges what the service says of itself. */
export const judgeService = (service: CheckedService, now: Date): readonly Finding[] => [
  judgeClock(service, now),
  ...judgeCredentials(service, now),
  ...service.applications.map(judgeAddresses),
  ...service.applications.filter(({ state }) => state === 'disabled').map(disabled),
  judgeLastRequest(service.credentials, now),
  judgeWork(service.work),
  ...(service.deadLetters === undefined ? [] : [judgeDeadLetters(service.deadLetters)]),
];

function judgeClock({ now: theirs }: CheckedService, now: Date): Finding {
  const seconds = Math.round((now.getTime() - Date.parse(theirs)) / 1_000);
  const says = `this machine is ${Math.abs(seconds)} s ${seconds < 0 ? 'behind' : 'ahead of'} the service`;
  if (Math.abs(seconds) <= NOTABLE_SKEW_SECONDS) return good('clock', 'this machine and the service agree');
  const todo = 'Set the clock of this machine; that of the service is kept by AWS, or is this machine itself.';
  return Math.abs(seconds) > WRONG_SKEW_SECONDS ? wrong('clock', says, todo) : note('clock', says, todo);
}

const judgeAddresses = ({ key, ipRanges }: CheckedService['applications'][number]): Finding =>
  ipRanges === 0
    ? note('addresses', `${key}: requests are taken from any address`)
    : good('addresses', `${key}: requests are taken from ${ipRanges} ranges of addresses`);

const disabled = ({ key }: CheckedService['applications'][number]): Finding =>
  note('applications', `${key} is disabled: all of its requests are refused`, `If that is not meant so: scim app enable ${key}`);

/** Its time is told to the hour at best. */
function judgeLastRequest(credentials: CheckedService['credentials'], now: Date): Finding {
  const last = credentials
    .flatMap(({ lastUsedAt }) => lastUsedAt ?? [])
    .toSorted()
    .at(-1);
  if (last === undefined)
    return note('last request', 'no credential was ever used', 'See that the client has one, and that its provisioning is switched on.');
  const says = `a credential was last used at ${last}`;
  const isLongAgo = now.getTime() - Date.parse(last) > QUIET_MS;
  return isLongAgo ? note('last request', says, 'See that provisioning is still switched on in the client.') : good('last request', says);
}

function judgeWork({ announced, restored, changes }: CheckedService['work']): Finding {
  const all = announced + restored + changes;
  if (all === 0) return good('work', 'nothing is left to be done');
  const says = `${all} removals, renames, restores or large changes have not reached every row`;
  const todo =
    'Ask again in some minutes. If they do not get fewer: docs/how-to/what-happened-to-a-user.md, and the queue of dead letters.';
  return all > MUCH_WORK ? wrong('work', says, todo) : note('work', says, todo);
}

function judgeDeadLetters(count: number): Finding {
  if (count === 0) return good('put aside', 'nothing failed again and again');
  const [says, them] =
    count === 1
      ? ['1 piece of work failed again and again, and was put aside', 'it']
      : [`${count} pieces of work failed again and again, and were put aside`, 'them'];
  return wrong('put aside', says, `See why: docs/how-to/runbooks/dead-letters.md. Then have ${them} done: scim events redrive`);
}
