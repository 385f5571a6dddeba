import * as z from 'zod';

const WEB_ACL_ARN = /^arn:aws[a-z-]*:wafv2:[a-z0-9-]+:\d{12}:regional\/webacl\/[\w-]+\/[\w-]+$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** A resource policy of API Gateway may have 8,192 characters, of which its frame takes the rest. */
const MAX_POLICY_CHARACTERS = 7_000;

/** What the queue of work hands to the sweeper at the same time: fewer, and Lambda would put work aside unread. */
const FEWEST_SWEEPERS = 5;

const isRange = (text: string): boolean => [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()].some((schema) => schema.safeParse(text).success);

export const allowedIpRangesSchema = z
  .array(z.string().refine(isRange, 'must be an IP address or a range in CIDR notation: "198.51.100.0/24"'))
  .min(1, 'must hold at least one range; leave it out to let every address in')
  .refine(
    (ranges) => JSON.stringify(ranges).length <= MAX_POLICY_CHARACTERS,
    `must have at most ${MAX_POLICY_CHARACTERS} characters together; an application's own list holds more`,
  );

const ownOr = (arn: RegExp, noun: string) =>
  z.string().refine((text) => text === 'own' || arn.test(text), `must be "own", or the ARN of ${noun} in the stack's region`);

export const wafSchema = ownOr(WEB_ACL_ARN, 'a regional web ACL');
export const encryptionKeySchema = ownOr(KEY_ARN, 'a KMS key');

const reserved = (fewest: number, of: string) => z.int().min(fewest).max(1_000).optional().describe(of);

export const concurrencySchema = z.strictObject({
  requests: reserved(1, 'Instances of each function that answers requests.'),
  background: reserved(FEWEST_SWEEPERS, 'Instances of each function that works behind the queue and the stream.'),
  admin: reserved(1, 'Instances of the function that administers.'),
});

export type Concurrency = Readonly<z.output<typeof concurrencySchema>>;
