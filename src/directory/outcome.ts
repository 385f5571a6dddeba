import type { Loaded } from './ports.ts';

/** `removed`: a deactivation has removed the user. `kept`: a DELETE has hidden it. `returned`: a POST has brought a former one back. */
type Effect = 'removed' | 'kept' | 'returned';

/** What a write did: enough to answer the client and to write the request line. */
export type Outcome = {
  readonly id: string;
  /** As far as it is known without another read: another's change of members in between may have made it higher. */
  readonly version?: number;
  /** The resource as it is now; absent where the answer carries none. */
  readonly loaded?: Loaded;
  /** Changed attribute paths, without values. */
  readonly changedPaths: readonly string[];
  /** What the policy on deactivations has made of the request, where that is not what its method says. */
  readonly effect?: Effect;
  /** What an update made of the user, where it changed `active`. */
  readonly state?: 'disabled' | 'enabled';
  /** How many members a write added and removed; absent where none. */
  readonly membersAdded?: number;
  readonly membersRemoved?: number;
  /** Names of attributes the client sent and no schema knows (RFC 7644 §3.3 lets them be ignored). */
  readonly ignoredAttributes: readonly string[];
  /** Human identifiers of the resource, before the change where it changed. */
  readonly subject?: string;
  readonly previousSubject?: string;
};
