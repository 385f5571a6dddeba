import type { Principal } from '../principal.ts';
import { recogniseAccessToken } from './access-token.ts';
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
  const forms = [
    ofKinds(['token'], recogniseToken),
    ofKinds(['identifier-password'], identifierPasswordRecogniser()),
    ofKinds(['oauth-client', 'oauth-federation'], recogniseAccessToken),
  ];
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

/** Puts only the entries of its kinds before a recogniser. */
const ofKinds =
  <Kind extends CredentialKind>(kinds: readonly Kind[], recognise: Recognise<CredentialOf<Kind>>): Recognise<Credential> =>
  (presented) => {
    const claim = recognise(presented);
    return claim && ((credentials) => claim(credentials.filter((credential) => isOfKind(credential, kinds))));
  };

const isOfKind = <Kind extends CredentialKind>(credential: Credential, kinds: readonly Kind[]): credential is CredentialOf<Kind> =>
  kinds.some((kind) => kind === credential.kind);
