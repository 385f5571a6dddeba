import type { AdminAct } from './admin-request.ts';
import type { ApplicationRepository, CredentialStore, LastUses } from './ports.ts';

/** Who did what to which credential, and when; a line of the audit log. */
type AdminEvent = {
  readonly event: 'admin';
  readonly act: AdminAct;
  readonly by: string;
  readonly application?: string;
  readonly credential?: string;
  readonly schemas?: readonly string[];
  readonly resourceType?: string;
  readonly resourceId?: string;
  /** The name a human knows the resource by. */
  readonly subject?: string;
  /** Changed attribute paths. */
  readonly changed?: readonly string[];
  readonly continued?: true;
  /** Path of an attribute. */
  readonly attribute?: string;
  readonly counts?: Readonly<Record<string, number>>;
  readonly dryRun?: true;
  /** ISO 8601 in UTC. */
  readonly at: string;
};

export type Administration = {
  readonly credentials: CredentialStore;
  readonly applications: ApplicationRepository;
  readonly lastUses: LastUses;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly randomBytes: (size: number) => Uint8Array;
};

/** What an act led to, for the caller, and the trace of it, for the audit log. */
export type Administered<Result> = { readonly result: Result; readonly event: AdminEvent };

export const eventOf = (
  { act, by }: { readonly act: AdminAct; readonly by: string },
  at: Date,
  concerned: Omit<AdminEvent, 'event' | 'act' | 'by' | 'at'> = {},
): AdminEvent => ({ event: 'admin', act, by, ...concerned, at: at.toISOString() });
