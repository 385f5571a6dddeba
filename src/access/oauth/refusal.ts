/** Every way the token endpoint refuses: the error codes of RFC 6749 §5.2 first, then one for what is not the client's doing. */
const OAUTH_REFUSALS = {
  invalid_request: 400,
  // With the scheme by which a client may authenticate (RFC 6749 §5.2).
  invalid_client: 401,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  temporarily_unavailable: 503,
} as const;

export type OAuthRefusalCode = keyof typeof OAUTH_REFUSALS;

/** Why a client was not recognised, or not admitted, for the log: a closed list, of which nothing is told to the client that it did not send. */
export type RefusalReason =
  | 'noCredentials'
  | 'unknownClient'
  | 'wrongSecret'
  | 'expiredCredential'
  | 'malformedAssertion'
  | 'unknownFederation'
  | 'algorithm'
  | 'unknownKey'
  | 'signature'
  | 'audience'
  | 'expired'
  | 'notYetValid'
  | 'tooLongLived'
  | 'replayed'
  | 'keysUnavailable'
  | 'addressNotAllowed';

const HEADERS: Readonly<Partial<Record<OAuthRefusalCode, Readonly<Record<string, string>>>>> = {
  invalid_client: { 'WWW-Authenticate': 'Basic realm="scim"' },
  temporarily_unavailable: { 'Retry-After': '5' },
};

type Options = ErrorOptions & {
  readonly reason?: RefusalReason;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
};

/** A refusal of the token endpoint that the client is meant to read. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  readonly code: OAuthRefusalCode;
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly reason: RefusalReason | undefined;

  constructor(code: OAuthRefusalCode, description: string, { reason, status, headers, ...options }: Options = {}) {
    super(describable(description), options);
    this.code = code;
    this.status = status ?? OAUTH_REFUSALS[code];
    this.headers = { ...HEADERS[code], ...headers };
    this.reason = reason;
  }
}

/** RFC 6749 §5.2: a description is of ASCII characters, without quotation mark and backslash. */
const describable = (text: string): string => text.replaceAll('"', "'").replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?');
