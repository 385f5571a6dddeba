type Refusal = {
  readonly status: number;
  readonly scimType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly detail: string;
};

/** Every way a SCIM request can be refused: RFC 7644 §3.12 Table 9 and RFC 9865 §2.1 first, then the plain HTTP refusals. */
export const REFUSALS = {
  invalidFilter: { status: 400, scimType: 'invalidFilter', detail: 'The filter cannot be parsed or is not supported.' },
  tooMany: { status: 400, scimType: 'tooMany', detail: 'The filter would have to look at more resources than one request may.' },
  invalidSyntax: { status: 400, scimType: 'invalidSyntax', detail: 'The request body cannot be understood.' },
  invalidPath: { status: 400, scimType: 'invalidPath', detail: 'The path is malformed or names no attribute.' },
  noTarget: { status: 400, scimType: 'noTarget', detail: 'The path matched no value that could be changed.' },
  invalidValue: { status: 400, scimType: 'invalidValue', detail: 'A value is missing or does not fit its attribute.' },
  invalidCursor: { status: 400, scimType: 'invalidCursor', detail: 'The cursor is none that this endpoint gave for this query.' },
  expiredCursor: { status: 400, scimType: 'expiredCursor', detail: 'The cursor has expired; begin again without one.' },
  invalidCount: { status: 400, scimType: 'invalidCount', detail: 'The count is none that a page by cursor can have.' },
  mutability: { status: 400, scimType: 'mutability', detail: 'The attribute may not be changed in this way.' },
  badRequest: { status: 400, detail: 'The request cannot be understood.' },
  unauthorized: {
    status: 401,
    headers: { 'WWW-Authenticate': 'Bearer realm="scim"' },
    detail: 'The credential is missing or not accepted.',
  },
  forbidden: { status: 403, detail: 'This application may not do that.' },
  seatLimit: { status: 403, detail: 'There are as many active users as this application may have.' },
  addressNotAllowed: {
    status: 403,
    detail: "This application takes no requests from the address of the sender: have the address added to the application's ipRanges.",
  },
  notFound: { status: 404, detail: 'The resource does not exist.' },
  methodNotAllowed: { status: 405, detail: 'The method is not supported here.' },
  uniqueness: { status: 409, scimType: 'uniqueness', detail: 'A value that must be unique is already in use.' },
  conflict: { status: 409, detail: 'The operation refers to another one that did not come about.' },
  preconditionFailed: { status: 412, detail: 'The resource has changed since it was read.' },
  tooLarge: { status: 413, detail: 'The request is larger than this endpoint takes.' },
  unsupportedMediaType: { status: 415, detail: 'Send the body as application/scim+json or application/json.' },
  notImplemented: { status: 501, detail: 'This operation is not offered.' },
  braked: { status: 503, headers: { 'Retry-After': '600' }, detail: 'Too many resources have been disabled or removed within an hour.' },
  unavailable: { status: 503, headers: { 'Retry-After': '5' }, detail: 'The service is busy; the same request can be sent again.' },
} as const satisfies Record<string, Refusal>;

export type RefusalKind = keyof typeof REFUSALS;

export type ScimErrorOptions = ErrorOptions & { readonly headers?: Readonly<Record<string, string>> };

/** A refusal the client is meant to read. Anything else that is thrown becomes an opaque 500. */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  readonly kind: RefusalKind;
  readonly status: number;
  readonly scimType: string | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(kind: RefusalKind, detail?: string, options: ScimErrorOptions = {}) {
    const refusal: Refusal = REFUSALS[kind];
    super(detail ?? refusal.detail, options);
    this.kind = kind;
    this.status = refusal.status;
    this.scimType = refusal.scimType;
    this.headers = { ...refusal.headers, ...options.headers };
  }
}
