/** Who is calling: the outcome of a successful authentication. */
export type Principal = {
  /** Key of the application (one SCIM client of the tenant) the credential belongs to. */
  readonly application: string;
  /** Id of the credential; never the secret itself. */
  readonly credential: string;
  readonly scope: Scope;
};

/** `events` is for whoever follows the directory: it reads events and resources. Only it does the former. */
export const SCOPES = ['full', 'read', 'events'] as const;

/** What a credential may do at most, whatever its application's policy says. */
export type Scope = (typeof SCOPES)[number];
