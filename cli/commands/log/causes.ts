import type { OAuthRefusalCode, RefusalReason } from '../../../src/access/oauth/refusal.ts';
import type { RefusalKind } from '../../../src/scim/errors.ts';

/** Why something came out as it did, and what to do about it. */
export type Cause = { readonly cause: string; readonly remedy: string };

const SEND_AGAIN = 'Nothing, if it is rare: the client sends the same request again. If it lasts, "scim doctor" and "scim logs --errors".';
const NEW_CYCLE = 'The client has to read the resource again; it does so in its next cycle.';

/** Of each way in which a SCIM request is refused. */
export const REFUSAL_CAUSES: Readonly<Record<RefusalKind, Cause>> = {
  invalidFilter: {
    cause: 'The filter breaks the grammar, or names an attribute that no schema has.',
    remedy: 'Correct the matching attribute in the client; the error text it was shown says where the filter is wrong.',
  },
  tooMany: {
    cause: 'No key leads to what the filter asks for, and there are too many resources to look through.',
    remedy: 'Let the client match by userName, externalId or emails.value, or make the attribute one to match by: scim matching add.',
  },
  invalidSyntax: {
    cause: 'The body is missing, is no JSON object, or is not the message this endpoint takes.',
    remedy: 'Compare what the client sends with docs/reference/scim.md; the error text says what was expected.',
  },
  invalidPath: {
    cause: 'A PATCH names an attribute that no schema has, or its path is malformed.',
    remedy: "Take that attribute out of the client's mapping, or add a schema that has it: scim schema apply.",
  },
  noTarget: { cause: 'A PATCH selects a value that is not there.', remedy: NEW_CYCLE },
  invalidValue: {
    cause: 'A value is missing or does not fit its attribute, or a member does not exist here.',
    remedy: "Correct the client's mapping of the attribute that the error text names; a member has to be provisioned before its group.",
  },
  invalidCursor: { cause: 'The cursor is none that was given for this query.', remedy: 'The client has to begin the list again.' },
  expiredCursor: {
    cause: 'The cursor is too old.',
    remedy: 'The client has to begin the list again, and to read its pages without a long pause.',
  },
  invalidCount: { cause: 'The count beside a cursor is no whole number.', remedy: 'Correct the page size in the client.' },
  mutability: {
    cause: 'The request would change what may not be changed, or remove what is required.',
    remedy: "Take the attribute that the error text names out of the client's mapping of updates.",
  },
  badRequest: { cause: 'A query parameter is given twice.', remedy: 'The client has to send each parameter once.' },
  unauthorized: {
    cause: 'There was no token, or it is malformed, unknown, expired or revoked.',
    remedy: 'Look with "scim token list" which ones are live, make another with "scim token create", and paste it into the client.',
  },
  forbidden: {
    cause: "The application's policy, the scope of its credential, or its being disabled does not allow this.",
    remedy: 'See "scim app show"; then switch the operation off in the client, or on with "scim app set".',
  },
  seatLimit: {
    cause: 'As many users are active as the application may have.',
    remedy: 'Deactivate or remove somebody, or raise the limit: scim app set --set maxActiveUsers=….',
  },
  addressNotAllowed: {
    cause: 'The request came from an address outside those that the application takes requests from.',
    remedy: 'If sourceIp is the client, add it: scim app ip add. If not, somebody else has its token: scim token rotate.',
  },
  notFound: {
    cause: 'No resource has this id, or there is no such endpoint.',
    remedy:
      'If the path is none of this endpoint, compare the URL in the client with the Tenant URL. If the resource was removed, the client makes it again in its next cycle; "scim user removed" shows who can be restored.',
  },
  methodNotAllowed: { cause: 'The endpoint does not take this method.', remedy: 'Compare the URL in the client with the Tenant URL.' },
  uniqueness: {
    cause: 'Another resource has this userName, displayName or other unique value, in whatever case.',
    remedy: 'Find the other one: scim user find, scim group find. Let the client match by that attribute, or rename or remove one of them.',
  },
  conflict: {
    cause: 'The operation of a bulk request refers to another one of it that failed.',
    remedy: 'Look at that one: its operation is among the lines of this request.',
  },
  preconditionFailed: { cause: 'Somebody else has changed the resource since the client read it.', remedy: NEW_CYCLE },
  tooLarge: {
    cause: 'The request, the resource or the answer is over a limit.',
    remedy: 'Let the client send less at once, or read members by pages: docs/reference/limits.md.',
  },
  unsupportedMediaType: {
    cause: 'The body was sent as something other than SCIM or JSON.',
    remedy: 'Set the Content-Type of the client to application/scim+json.',
  },
  notImplemented: {
    cause: '/Me was asked for, and no setting says who that is.',
    remedy: 'Let the client use /Users, or name a user: scim app set --set me=….',
  },
  braked: {
    cause: 'The application has disabled or removed as many resources within an hour as its brake allows.',
    remedy: 'Find out whether so many are meant: scim logs --query deactivations. If so, scim brake release; if not, stop the client.',
  },
  unavailable: { cause: 'Secrets Manager or DynamoDB was out of reach or busy until the time was over.', remedy: SEND_AGAIN },
};

/** Of each error code of the token endpoint. */
export const TOKEN_CAUSES: Readonly<Record<OAuthRefusalCode, Cause>> = {
  invalid_request: {
    cause: 'The token request is no form, lacks a parameter, or authenticates in two ways at once.',
    remedy: 'Correct the OAuth settings of the client: docs/how-to/connect-with-oauth.md.',
  },
  invalid_client: {
    cause: 'The client that asks for a token is not accepted.',
    remedy: 'The reason in the line says why; "scim client list" shows what there is.',
  },
  unauthorized_client: {
    cause: 'The application of the client is disabled or gone, or takes no requests from that address.',
    remedy: 'scim app enable, or scim app ip add.',
  },
  unsupported_grant_type: {
    cause: 'Another grant than client_credentials was asked for.',
    remedy: 'Set the client to client credentials.',
  },
  temporarily_unavailable: { cause: "The vault, the table or the issuer's keys were out of reach.", remedy: SEND_AGAIN },
};

const SET_UP_ANEW = 'Compare the client with "scim client list", and set it up again: docs/how-to/connect-with-oauth.md.';
const LOOK_AT_CLOCK = 'Look at the clock of the issuer and at the lifetime of its assertions.';

/** Of each reason why the token endpoint did not take a client for what it claims to be. */
export const REASON_CAUSES: Readonly<Record<RefusalReason, Cause>> = {
  noCredentials: { cause: 'The token request names no client.', remedy: SET_UP_ANEW },
  unknownClient: { cause: 'No client here has this client_id.', remedy: SET_UP_ANEW },
  wrongSecret: {
    cause: 'The client has no such secret: it was revoked, or cut off when it was pasted.',
    remedy: 'Make another with "scim client rotate" and paste it whole.',
  },
  expiredCredential: { cause: 'The secret or the federation has expired.', remedy: 'scim client rotate, or scim client federate again.' },
  malformedAssertion: { cause: 'The assertion is no JSON Web Token with iss and sub.', remedy: SET_UP_ANEW },
  unknownFederation: { cause: 'No federation has this issuer and subject.', remedy: SET_UP_ANEW },
  algorithm: { cause: 'The assertion is not signed by RS256.', remedy: 'Let the issuer sign by RS256.' },
  unknownKey: {
    cause: 'The issuer publishes no key of the id that the assertion names.',
    remedy: 'Look at the JWKS URI: scim client list.',
  },
  signature: {
    cause: 'The issuer has not signed the assertion.',
    remedy: 'Somebody else may have made it; look at the JWKS URI: scim client list.',
  },
  audience: {
    cause: 'The assertion is meant for somebody else.',
    remedy: 'Correct the audience on one of the two sides: scim client federate.',
  },
  expired: { cause: 'The assertion has expired.', remedy: LOOK_AT_CLOCK },
  notYetValid: { cause: 'The assertion is not valid yet.', remedy: LOOK_AT_CLOCK },
  tooLongLived: { cause: 'The assertion is valid for too long.', remedy: LOOK_AT_CLOCK },
  replayed: { cause: 'The assertion has been used before.', remedy: 'Let the client ask for a new assertion each time.' },
  keysUnavailable: { cause: 'The issuer did not give its keys out.', remedy: SEND_AGAIN },
  addressNotAllowed: REFUSAL_CAUSES.addressNotAllowed,
};

const IN_FRONT = 'A resource policy or web ACL in front of the API refused the caller.';
const TENANT_URL = 'Compare the URL in the client with the Tenant URL: scim app show.';
const DEPLOY = 'Deploy the stack again.';
const NOT_OURS = 'API Gateway refused the request before any function saw it, by a rule that the stack does not set.';

/** Of each refusal of API Gateway's own, by the name in the access log. */
export const GATEWAY_CAUSES: Readonly<Record<string, Cause>> = {
  DEFAULT_4XX: { cause: NOT_OURS, remedy: TENANT_URL },
  BAD_REQUEST_BODY: { cause: NOT_OURS, remedy: DEPLOY },
  BAD_REQUEST_PARAMETERS: { cause: NOT_OURS, remedy: DEPLOY },
  UNAUTHORIZED: { cause: NOT_OURS, remedy: DEPLOY },
  ACCESS_DENIED: { cause: IN_FRONT, remedy: "Allow the client's addresses there." },
  EXPIRED_TOKEN: { cause: NOT_OURS, remedy: 'Let the client send the token as "Authorization: Bearer …", and nothing signed for AWS.' },
  INVALID_API_KEY: { cause: NOT_OURS, remedy: DEPLOY },
  INVALID_SIGNATURE: { cause: NOT_OURS, remedy: 'Let the client send the token as "Authorization: Bearer …", and nothing signed for AWS.' },
  WAF_FILTERED: {
    cause: 'The web ACL in front of the API refused the request.',
    remedy: "Look at the rule's log, and allow what the client sends.",
  },
  MISSING_AUTHENTICATION_TOKEN: { cause: 'API Gateway knows no route there: host or stage are wrong.', remedy: TENANT_URL },
  RESOURCE_NOT_FOUND: { cause: 'API Gateway knows no route there.', remedy: TENANT_URL },
  REQUEST_TOO_LARGE: { cause: 'The body is over 10 MB.', remedy: 'Let the client send less at once.' },
  UNSUPPORTED_MEDIA_TYPE: REFUSAL_CAUSES.unsupportedMediaType,
  QUOTA_EXCEEDED: { cause: 'A usage plan in front of the API is used up.', remedy: 'Raise its quota.' },
  THROTTLED: {
    cause: "More requests came at once than the tenant file's throttling lets through.",
    remedy: 'Nothing, if it is rare: the client waits and repeats. If it lasts, raise "throttling" in the tenant file.',
  },
  DEFAULT_5XX: { cause: 'API Gateway failed.', remedy: SEND_AGAIN },
  API_CONFIGURATION_ERROR: { cause: 'The API is not set up as it should be.', remedy: DEPLOY },
  AUTHORIZER_CONFIGURATION_ERROR: { cause: 'The API is not set up as it should be.', remedy: DEPLOY },
  AUTHORIZER_FAILURE: { cause: 'An authorizer in front of the API failed.', remedy: DEPLOY },
  INTEGRATION_FAILURE: {
    cause: 'The function failed before it could answer, or could not be started.',
    remedy:
      'Look at what Lambda wrote at that time: scim logs --errors. If it says that time or memory ran out, repeat; else it is a fault of the service: report it.',
  },
  INTEGRATION_TIMEOUT: {
    cause: 'The function did not answer within 29 seconds.',
    remedy: 'What it had committed stands; the client sends the same request again. If it lasts, look at "scim logs --query slow".',
  },
};

/** Of what a policy has made of a request that succeeded. */
export const EFFECT_CAUSES: Readonly<Record<'ignore' | 'empty' | 'removed' | 'kept' | 'returned', Cause>> = {
  ignore: {
    cause: "The application's policy accepts such requests and does nothing.",
    remedy: 'If it is to be done, switch the feature on: scim app set.',
  },
  empty: {
    cause: 'The application may not have such resources, so it is shown none.',
    remedy: 'If it may, change its resourceTypes: scim app set.',
  },
  removed: {
    cause: 'deleteDeactivatedUsers is on: a user who is deactivated is removed.',
    remedy: 'If that is not meant: scim user restore, and scim app set --set deleteDeactivatedUsers=false.',
  },
  kept: {
    cause: 'deleteDeactivatedUsers is off: a DELETE disables the user and hides it from the client.',
    remedy: 'Nothing; scim user removed shows it, scim user purge erases it.',
  },
  returned: { cause: 'The POST has brought a former user back, with the id it had.', remedy: 'Nothing.' },
};

/** Of what is nobody's refusal. */
export const FAULT_CAUSES = {
  unexpected: {
    cause: 'The service met something nobody expected: a bug, or a failure of AWS that nobody foresaw.',
    remedy: 'Report it with the unexpectedError line: its names and frames say where it was.',
  },
  timedOut: {
    cause: 'Lambda stopped the function because its time was over.',
    remedy: 'What it had committed stands; the client sends the same request again. If it lasts, look at "scim logs --query slow".',
  },
  ended: {
    cause: 'The function ended before it could answer: it ran out of memory, or could not be started.',
    remedy: 'The lines of the platform say which; if it lasts, it is a fault of the service: report it.',
  },
  refusedAct: {
    cause: 'The act of administration was refused, and nothing was changed.',
    remedy: 'Its answer has told whoever asked for it what would be right: ask again, and do what it says.',
  },
} as const satisfies Readonly<Record<string, Cause>>;
