import type { Answer } from '../support/answer.ts';
import type { Send } from '../support/client.ts';
import { filtered } from '../support/messages.ts';

/** One thing whose state can be read: a user or group by its id, or who has a name. */
export type Subject = `Users/${string}` | `Groups/${string}` | `userName/${string}` | `displayName/${string}`;

export const ABSENT = 'absent';

/** A state as text, so that two can be compared. */
export const userState = (userName: string, title: string): string => JSON.stringify([userName, title]);
export const groupState = (displayName: string, memberIds: readonly string[]): string =>
  JSON.stringify([displayName, memberIds.toSorted()]);

/** Reads the state as a client sees it. */
export async function look(send: Send, subject: Subject): Promise<string> {
  const [kind = '', key = ''] = subject.split('/');
  if (kind === 'userName') return holderOf(await send('GET', filtered('/Users', `userName eq "${key}"`)));
  if (kind === 'displayName') return holderOf(await send('GET', filtered('/Groups', `displayName eq "${key}"`)));
  const answer = await send('GET', `/${subject}`);
  if (answer.status === 404) return ABSENT;
  if (answer.status !== 200) return `answered ${answer.status}`;
  const { userName = '', displayName = '', title = '', members = [] } = answer.body;
  if (kind === 'Users') return userState(userName, title);
  return groupState(
    displayName,
    members.map(({ value }) => value),
  );
}

const holderOf = ({ status, body }: Answer): string => (status === 200 ? (body.Resources?.[0]?.id ?? ABSENT) : `answered ${status}`);
