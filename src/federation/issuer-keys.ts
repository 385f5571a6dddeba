import * as z from 'zod/mini';
import { fetchJson } from './fetch-json.ts';

/** A key of this age is asked for again, so that one that its issuer has withdrawn stops being taken. */
const FRESH_MS = 60 * 60_000;
/** With the issuer out of reach, how long the keys known go on being taken. */
const USABLE_MS = 24 * 60 * 60_000;
/** After a question to the issuer, how long none follows. */
const BACK_OFF_MS = 10_000;

const keySchema = z.object({
  kty: z.literal('RSA'),
  kid: z.string(),
  n: z.string(),
  e: z.string(),
  use: z.optional(z.literal('sig')),
  alg: z.optional(z.literal('RS256')),
});
const keysSchema = z.object({ keys: z.array(z.unknown()) });
const discoverySchema = z.object({ issuer: z.string(), jwks_uri: z.string() });

export type IssuerKey = z.output<typeof keySchema>;
export type KeySource = { readonly issuer: string; readonly jwksUri?: string | undefined };

/** Only the issuer could tell whether it has a key, and it cannot be asked at the moment. */
export class KeysUnavailable extends Error {
  override readonly name = 'KeysUnavailable';
}

type Known = {
  readonly keys: ReadonlyMap<string, IssuerKey>;
  /** When the keys were asked for that were then learnt. */
  readonly learntAtMs: number;
  /** When they were last asked for, successfully or not. */
  readonly askedAtMs: number;
  readonly failure?: unknown;
};

const NOTHING: Known = { keys: new Map(), learntAtMs: Number.NEGATIVE_INFINITY, askedAtMs: Number.NEGATIVE_INFINITY };

type Options = { readonly now: () => number; readonly fetchDocument?: (url: string) => Promise<unknown> };

/**
 * Finds the keys of issuers (RFC 7517), and remembers them. Make one per process.
 *
 * The library that verifies has a cache of its own, which never forgets: a key that was withdrawn would be taken for as
 * long as the process lives.
 */
export class IssuerKeys {
  readonly #now: () => number;
  readonly #fetchDocument: (url: string) => Promise<unknown>;
  readonly #known = new Map<string, Known>();
  readonly #pending = new Map<string, Promise<Known>>();

  constructor({ now, fetchDocument = fetchJson }: Options) {
    this.#now = now;
    this.#fetchDocument = fetchDocument;
  }

  /**
   * Finds a key by its id; undefined when the issuer, having been asked, has none of this id.
   *
   * @throws {KeysUnavailable}
   */
  async find(source: KeySource, kid: string): Promise<IssuerKey | undefined> {
    const place = source.jwksUri ?? source.issuer;
    const before = this.#known.get(place) ?? NOTHING;
    if (before.keys.has(kid) && this.#isYounger(before.learntAtMs, FRESH_MS)) return before.keys.get(kid);
    const isTooSoon = this.#isYounger(before.askedAtMs, BACK_OFF_MS);
    const known = isTooSoon ? before : await this.#ask(place, source);
    const key = this.#isYounger(known.learntAtMs, USABLE_MS) ? known.keys.get(kid) : undefined;
    if (key !== undefined || (known.failure === undefined && !isTooSoon)) return key;
    throw new KeysUnavailable('The issuer cannot be asked for its keys at the moment.', { cause: known.failure });
  }

  #isYounger(atMs: number, ageMs: number): boolean {
    return this.#now() - atMs < ageMs;
  }

  /** Shared by everyone who asks while it is under way. */
  #ask(place: string, source: KeySource): Promise<Known> {
    const pending =
      this.#pending.get(place) ??
      this.#learn(place, source).finally(() => {
        this.#pending.delete(place);
      });
    this.#pending.set(place, pending);
    return pending;
  }

  async #learn(place: string, source: KeySource): Promise<Known> {
    const askedAtMs = this.#now();
    const before = this.#known.get(place) ?? NOTHING;
    const known = await this.#fetchKeys(source).then(
      (keys): Known => ({ keys, learntAtMs: askedAtMs, askedAtMs }),
      (failure: unknown): Known => ({ ...before, askedAtMs, failure }),
    );
    this.#known.set(place, known);
    return known;
  }

  async #fetchKeys({ issuer, jwksUri }: KeySource): Promise<Known['keys']> {
    const { keys } = z.parse(keysSchema, await this.#fetchDocument(jwksUri ?? (await this.#discover(issuer))));
    return new Map(keys.flatMap(signatureKey));
  }

  /** By OpenID Connect Discovery 1.0, which asks that the document names the issuer it was asked for. */
  async #discover(issuer: string): Promise<string> {
    const document = await this.#fetchDocument(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const found = z.parse(discoverySchema, document);
    if (found.issuer !== issuer) throw new KeysUnavailable('The discovery document is of another issuer.');
    return found.jwks_uri;
  }
}

/** RFC 7518 §3.3: a key for RS256 has 2048 bits or more. */
const MIN_MODULUS_BYTES = 256;

/** Keys for anything else are passed over. */
function signatureKey(candidate: unknown): readonly (readonly [string, IssuerKey])[] {
  const { success, data: key } = z.safeParse(keySchema, candidate);
  return success && Buffer.from(key.n, 'base64url').length >= MIN_MODULUS_BYTES ? [[key.kid, key]] : [];
}
