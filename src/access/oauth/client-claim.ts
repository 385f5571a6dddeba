import { type Form, formDecode } from './form.ts';
import { OAuthError } from './refusal.ts';

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** How a client says who it is; nothing of it is proven yet. */
export type ClientClaim =
  | { readonly kind: 'secret'; readonly clientId: string; readonly secret: string }
  | { readonly kind: 'assertion'; readonly clientId: string | undefined; readonly assertion: string };

/**
 * Reads the credentials of a token request: the Basic header or the form (RFC 6749 §2.3.1), or an assertion (RFC 7523 §2.2).
 *
 * @throws {OAuthError} invalid_request — more than one of them, or one by halves; invalid_client — none
 */
export function readClientClaim(authorization: string | undefined, form: Form): ClientClaim {
  const basic = parseBasic(authorization);
  const secret = form.get('client_secret');
  const assertion = form.get('client_assertion');
  if ([basic, secret, assertion].filter((method) => method !== undefined).length > 1) {
    throw new OAuthError(
      'invalid_request',
      'The client authenticates in more than one way: send the Basic header, client_secret, or client_assertion.',
    );
  }
  const clientId = form.get('client_id');
  if (basic !== undefined) return sameClient(basic, clientId);
  if (assertion !== undefined) return assertionClaim(form, clientId, assertion);
  if (secret === undefined) throw noCredentials();
  if (clientId === undefined) throw new OAuthError('invalid_request', 'client_secret comes without client_id.');
  return { kind: 'secret', clientId, secret };
}

function assertionClaim(form: Form, clientId: string | undefined, assertion: string): ClientClaim {
  if (form.get('client_assertion_type') !== JWT_BEARER) {
    throw new OAuthError('invalid_request', `client_assertion_type has to be ${JWT_BEARER}.`);
  }
  return { kind: 'assertion', clientId, assertion };
}

type Basic = { readonly clientId: string; readonly secret: string };

/** RFC 6749 §2.3.1: id and secret are form-encoded before they become user and password. */
function parseBasic(authorization: string | undefined): Basic | undefined {
  const encoded = /^\s*basic\s+(\S+)\s*$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) throw noCredentials();
  return { clientId: formDecode(pair.slice(0, colon)), secret: formDecode(pair.slice(colon + 1)) };
}

function sameClient({ clientId, secret }: Basic, inForm: string | undefined): ClientClaim {
  if (inForm === undefined || inForm === clientId) return { kind: 'secret', clientId, secret };
  throw new OAuthError('invalid_request', 'client_id is not the client of the Basic header.');
}

const noCredentials = (): OAuthError =>
  new OAuthError('invalid_client', 'The request needs the credentials of a client: client_id and client_secret, or a client_assertion.', {
    reason: 'noCredentials',
  });
