import * as z from 'zod/mini';
import { credentialSummarySchema } from '../admin-answer.ts';

/** What an operator may know of a client of the token endpoint: everything but the secret, its hash and the signing key. */
const clientSchema = z.readonly(
  z.extend(credentialSummarySchema.def.innerType, {
    clientId: z.string(),
    accessTokenMinutes: z.number(),
    /** Of a federation. */
    federation: z.optional(
      z.readonly(
        z.object({
          issuer: z.string(),
          subject: z.string(),
          audiences: z.readonly(z.array(z.string())),
          jwksUri: z.optional(z.string()),
          reuse: z.enum(['refuse', 'allow']),
        }),
      ),
    ),
  }),
);
export type Client = z.output<typeof clientSchema>;

/** `clientSecret` is the secret itself: the only place and the only time it is told. */
export const createdClientSchema = z.readonly(z.object({ clientSecret: z.string(), client: clientSchema }));
export type CreatedClient = z.output<typeof createdClientSchema>;

export const rotatedClientSchema = z.readonly(
  z.object({
    clientSecret: z.string(),
    client: clientSchema,
    /** Those that the new secret takes the place of, with the time they run out. */
    older: z.readonly(z.array(clientSchema)),
  }),
);
export type RotatedClient = z.output<typeof rotatedClientSchema>;

export const clientAnswerSchema = z.readonly(z.object({ client: clientSchema }));
export type ClientAnswer = z.output<typeof clientAnswerSchema>;

export const listedClientsSchema = z.readonly(z.object({ clients: z.readonly(z.array(clientSchema)) }));
export type ListedClients = z.output<typeof listedClientsSchema>;
