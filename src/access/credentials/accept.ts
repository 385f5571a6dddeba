import type { Principal } from '../principal.ts';
import { type Credential, type CredentialKind, type CredentialOf, isLive } from './credential.ts';
import { identifierPasswordRecogniser } from './identifier-password.ts';
import type { Recognise } from './recognise.ts';
import { recogniseToken } from './token.ts';

/** Says whom a credential that was presented stands for, once it is known which there are. */
type Acceptance = (credentials: readonly Credential[], now: Date) => Promise<Principal | undefined>;

/**
 * Recognises every form in which a bearer token may come; undefined for what has none of them.
 *
 * Make one per process: it remembers how passwords were judged.
 */
export function acceptor(): (presented: string) => Acceptance | undefined {
  const forms = [ofKind('token', recogniseToken), ofKind('identifier-password', identifierPasswordRecogniser())];
  return (presented) => {
    const claims = forms.flatMap((recognise) => recognise(presented) ?? []);
    if (claims.length === 0) return undefined;
    return async (credentials, now) => {
      const matches = (await Promise.all(claims.map((claim) => claim(credentials)))).flat();
      const accepted = matches.find((credential) => isLive(credential, now));
      return accepted && { application: accepted.application, credential: accepted.id, scope: accepted.scope };
    };
  };
}

/** Puts only the entries of its kind before a recogniser. */
const ofKind =
  <Kind extends CredentialKind>(kind: Kind, recognise: Recognise<CredentialOf<Kind>>): Recognise<Credential> =>
  (presented) => {
    const claim = recognise(presented);
    return claim && ((credentials) => claim(credentials.filter((credential) => isOfKind(credential, kind))));
  };

const isOfKind = <Kind extends CredentialKind>(credential: Credential, kind: Kind): credential is CredentialOf<Kind> =>
  credential.kind === kind;
