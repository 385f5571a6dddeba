import * as z from 'zod/mini';
import { type Credential, isLive } from './credentials/credential.ts';

/** What an operator may know of a credential: everything but the secret and its hash. */
export const credentialSummarySchema = z.readonly(
  z.object({
    id: z.string(),
    application: z.string(),
    name: z.string(),
    kind: z.string(),
    scope: z.string(),
    createdAt: z.string(),
    /** When its secret last became another one. */
    changedAt: z.optional(z.string()),
    expiresAt: z.nullable(z.string()),
    /** To within the hour; absent where it was not used, or where nobody looked. */
    lastUsedAt: z.optional(z.string()),
    /** Of an account. */
    identifier: z.optional(z.string()),
    /** Of a client of the token endpoint. */
    clientId: z.optional(z.string()),
    /** It can be shown again. */
    isRetrievable: z.optional(z.literal(true)),
    status: z.enum(['live', 'expired']),
  }),
);

export type CredentialSummary = z.output<typeof credentialSummarySchema>;

export const summarise = (credential: Credential, now: Date, lastUsedAt?: string): CredentialSummary => {
  const { id, application, name, kind, scope, createdAt, changedAt, expiresAt } = credential;
  return {
    ...{ id, application, name, kind, scope, createdAt, expiresAt },
    ...(changedAt !== undefined && { changedAt }),
    ...(lastUsedAt !== undefined && { lastUsedAt }),
    ...(credential.kind === 'identifier-password' && { identifier: credential.identifier }),
    ...('clientId' in credential && { clientId: credential.clientId }),
    ...(credential.kind === 'token' && credential.value !== undefined && { isRetrievable: true }),
    status: isLive(credential, now) ? 'live' : 'expired',
  };
};

/** `token` is the secret itself. */
export const createdTokenSchema = z.readonly(z.object({ token: z.string(), credential: credentialSummarySchema }));
export type CreatedToken = z.output<typeof createdTokenSchema>;

export const rotatedTokenSchema = z.readonly(
  z.object({
    token: z.string(),
    credential: credentialSummarySchema,
    /** Those it replaces, with the time they run out. */
    older: z.readonly(z.array(credentialSummarySchema)),
  }),
);
export type RotatedToken = z.output<typeof rotatedTokenSchema>;

/** `bearerToken` is what the client presents: base64 of identifier and password. */
export const createdAccountSchema = z.readonly(
  z.object({ identifier: z.string(), bearerToken: z.string(), credential: credentialSummarySchema }),
);
export type CreatedAccount = z.output<typeof createdAccountSchema>;

export const listedTokensSchema = z.readonly(
  z.object({
    credentials: z.readonly(z.array(credentialSummarySchema)),
    /** Entries of the secret that this version cannot read. */
    unreadable: z.readonly(z.array(z.readonly(z.object({ id: z.string(), kind: z.string() })))),
  }),
);
export type ListedTokens = z.output<typeof listedTokensSchema>;

export const revokedTokenSchema = z.readonly(z.object({ credential: credentialSummarySchema }));
export type RevokedToken = z.output<typeof revokedTokenSchema>;

export const adminAnswerSchema = z.discriminatedUnion('ok', [
  z.readonly(z.object({ ok: z.literal(true), result: z.unknown() })),
  z.readonly(z.object({ ok: z.literal(false), error: z.readonly(z.object({ message: z.string() })) })),
]);

export type AdminAnswer = z.output<typeof adminAnswerSchema>;
