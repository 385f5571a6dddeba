import * as z from 'zod/mini';

const onOrRefuse = z._default(z.enum(['on', 'refuse'], 'must be "on" or "refuse"'), 'on');
const onRefuseOrIgnore = z._default(z.enum(['on', 'refuse', 'ignore'], 'must be "on", "refuse" or "ignore"'), 'on');
const names = z.readonly(z.array(z.string()));

export const features = { create: onOrRefuse, read: onOrRefuse, update: onRefuseOrIgnore, remove: onRefuseOrIgnore };

const patchAnswers = z.readonly(z.record(z.string(), z.enum(['noContent', 'resource'], 'must be "noContent" or "resource"')));

/** So many members an answer to a PATCH reads and shows, unless the policy says otherwise. */
const DEFAULT_PATCH_ANSWER_MEMBERS = 100;
const MAX_PATCH_ANSWER_MEMBERS = 1_000;
const COUNT = `must be a whole number from 0 to ${MAX_PATCH_ANSWER_MEMBERS}`;

const SEATS = 'must be a whole number from 0, or null for no limit';
/** The item of an application in the table may have 400 KB, and these take at most 46 bytes each. */
export const MAX_IP_RANGES = 5_000;
export const IP_RANGES = `must be a list of at most ${MAX_IP_RANGES} IPv4 or IPv6 addresses or ranges in CIDR notation`;

const BRAKE = 'must be a whole number from 1 to 1000000, or null for no brake';

export const settings = {
  resourceTypes: z._default(z.union([z.literal('all'), names], 'must be "all" or a list of names'), 'all'),
  /** `ignore` answers success and changes nothing: refusals drive Entra ID towards quarantine. */
  features: z.prefault(z.readonly(z.object(features)), {}),
  /** Whether its client may write at all: one switch for every resource type. Reads go on, so that Test Connection passes. */
  autoUserProvisioning: z._default(z.boolean('must be true or false'), true),
  /** Where its requests may come from, in CIDR notation; from anywhere where none is named. */
  ipRanges: z._default(names, []),
  /** Which resources it sees and may change: all of the tenant's, or only those it created. */
  resources: z._default(z.enum(['all', 'own'], 'must be "all" or "own"'), 'all'),
  /** So many resources it may disable or remove within an hour; null for no such brake. */
  maxRemovalsPerHour: z._default(z.nullable(z.int(BRAKE).check(z.gte(1, BRAKE), z.lte(1_000_000, BRAKE))), null),
  /** By resource type: how a PATCH that succeeded is answered, `resource` where nothing is said. Entra ID wants 204 for groups. */
  patchAnswer: z._default(patchAnswers, {}),
  /** A PATCH that leaves a group with more members than this is answered 204 all the same: no cost grows with a group. */
  patchAnswerMembers: z._default(z.int(COUNT).check(z.gte(0, COUNT), z.lte(MAX_PATCH_ANSWER_MEMBERS, COUNT)), DEFAULT_PATCH_ANSWER_MEMBERS),
  /** What becomes of a member that the directory does not know: the change is refused, or this member is left out. */
  unknownMembers: z._default(z.enum(['refuse', 'ignore'], 'must be "refuse" or "ignore"'), 'refuse'),
  /** What becomes of a user that is deactivated by PATCH or PUT, or removed by DELETE: docs/explanation/deactivation.md. */
  deleteDeactivatedUsers: z._default(z.enum(['standard', 'on', 'off'], 'must be "standard", "on" or "off"'), 'standard'),
  /** A request that would make more users active than this is refused, whichever application the others are of; null: as many as come. */
  maxActiveUsers: z._default(z.nullable(z.int(SEATS).check(z.gte(0, SEATS))), null),
  /** Whom `/Me` stands for: the id of a user, by the id of a credential (RFC 7644 §3.11). */
  me: z._default(z.readonly(z.record(z.string(), z.string())), {}),
  /** Which deviations of clients from RFC 7644 are forgiven, by name. */
  leniencies: z._default(z.union([z.literal('all'), names]), 'all'),
};

/** What an application may do and how it wants to be answered. Every setting has a default, so `{}` is a policy. */
export const policySchema = z.readonly(z.object(settings));

export type Policy = z.output<typeof policySchema>;
/** A policy as it is written down, without what has a default. */
export type PolicySettings = Partial<z.input<typeof policySchema>>;
