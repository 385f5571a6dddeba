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
    expiresAt: z.nullable(z.string()),
    status: z.enum(['live', 'expired']),
  }),
);

export type CredentialSummary = z.output<typeof credentialSummarySchema>;

export const summarise = (credential: Credential, now: Date): CredentialSummary => {
  const { id, application, name, kind, scope, createdAt, expiresAt } = credential;
  return { id, application, name, kind, scope, createdAt, expiresAt, status: isLive(credential, now) ? 'live' : 'expired' };
};

/** `token` is the secret itself: the only place and the only time it is told. */
export const createdTokenSchema = z.readonly(z.object({ token: z.string(), credential: credentialSummarySchema }));
export type CreatedToken = z.output<typeof createdTokenSchema>;

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
