import * as z from 'zod';

const LABEL = '[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?';

/** What is said of a domain name that API Gateway is to answer to. */
export const domainSchema = z.strictObject({
  name: z
    .string()
    .max(253)
    .regex(new RegExp(`^(${LABEL}\\.)+${LABEL}$`), 'must be a domain name in lower case: "scim.example.com"')
    .describe('The domain name: "scim.example.com".'),
  certificateArn: z
    .string()
    .regex(/^arn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate\/[\w-]+$/, 'must be the ARN of a certificate of AWS Certificate Manager')
    .describe('ARN of its certificate, which AWS Certificate Manager holds in the region of the stacks.'),
  hostedZoneId: z
    .string()
    .regex(/^Z[A-Z0-9]{1,31}$/, 'must be the id of a hosted zone of Route 53')
    .optional()
    .describe('Hosted zone of Route 53 to put its record into; left out, the record is made elsewhere, by hand.'),
});

export type Domain = Readonly<z.output<typeof domainSchema>>;

/** What a tenant file says of its domain: one of its own, with a certificate, or one of those in `account.json`. */
export const tenantDomainSchema = z
  .strictObject({
    name: domainSchema.shape.name,
    certificateArn: domainSchema.shape.certificateArn.optional(),
    hostedZoneId: domainSchema.shape.hostedZoneId,
    path: z
      .string()
      .max(300)
      .regex(
        /^([A-Za-z0-9$_.+!*'()-]+(\/[A-Za-z0-9$_.+!*'()-]+)*)?$/,
        'must be segments without a slash before or behind: "customers/acme"',
      )
      .optional()
      .describe('What leads to this tenant on the domain, in front of the base path, of any number of segments; the stage unless given.'),
  })
  .refine(
    ({ certificateArn, hostedZoneId }) => hostedZoneId === undefined || certificateArn !== undefined,
    'must have "hostedZoneId" beside "certificateArn" only; that of a shared domain stands in account.json',
  );

export type TenantDomain = Readonly<Omit<z.output<typeof tenantDomainSchema>, 'path'>> & { readonly path: string };
