import { fold } from '../../scim/fold.ts';
import { HASHED } from '../../scim/hashed-identifier.ts';
import type { Timespan } from '../log-source.ts';
import type { Row } from './row.ts';

/** Who is meant: by a name, a former one, or an id. */
export type Person = {
  readonly identifier: string;
  /** What stands for the identifier in lines that do not name people. */
  readonly hash: string | undefined;
};

/** What a report is to tell of; without `person` and `application`, of everything within the timespan. */
export type Question = {
  readonly timespan: Timespan;
  readonly person: Person | undefined;
  /** Key of an application. */
  readonly application: string | undefined;
};

export const isHashed = ({ subject, previousSubject }: Pick<Row, 'subject' | 'previousSubject'>): boolean =>
  [subject, previousSubject].some((name) => name?.startsWith(HASHED));

/** Says of a row whether it names the person by itself; others may be found by the ids of those that do. */
export function naming({ identifier, hash }: Person): (row: Pick<Row, 'subject' | 'previousSubject' | 'resourceId'>) => boolean {
  const [folded, id] = [fold(identifier), identifier.toLowerCase()];
  const isName = (name: string | null): boolean => name !== null && (name === hash || fold(name) === folded);
  return ({ subject, previousSubject, resourceId }) => isName(subject) || isName(previousSubject) || resourceId === id;
}
