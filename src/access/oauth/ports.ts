import type { StoreCall } from '../ports.ts';

/** What an assertion says of itself, before anything of it is proven. */
type StatedAssertion = { readonly issuer: string; readonly subject: string };

/** Whose assertions are taken, and for whom they have to be meant. */
export type Trust = { readonly issuer: string; readonly audiences: readonly string[]; readonly jwksUri?: string | undefined };

export type VerifiedAssertion = {
  /** Tells it from every other of its issuer. */
  readonly assertionId: string;
  /** Epoch seconds past which it is refused for its age. */
  readonly refusedFrom: number;
};

/** Checks the assertions of other issuers (RFC 7523 §3). */
export interface AssertionVerifier {
  /** Undefined for what is no JSON Web Token with an issuer and a subject. */
  read(assertion: string): StatedAssertion | undefined;
  /**
   * @throws {OAuthError} invalid_client — saying what is wrong with the assertion
   * @throws {OAuthError} temporarily_unavailable — the issuer's keys are out of reach
   */
  verify(assertion: string, trust: Trust): Promise<VerifiedAssertion>;
}

/** Remembers which assertions have been used. */
export interface AssertionLedger {
  /** Says whether this is the first use; remembered until `forgetAt`, in epoch seconds. */
  use(issuer: string, assertionId: string, forgetAt: number, call: StoreCall): Promise<boolean>;
}
