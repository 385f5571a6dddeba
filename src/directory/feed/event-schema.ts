import * as z from 'zod/mini';
import type { Json } from '../../scim/json.ts';
import { lazily } from '../../scim/lazily.ts';
import { IDS_OF_AN_EVENT } from './change-event.ts';

const identity = {
  id: z
    .string()
    .check(z.minLength(1), z.describe('The same whenever the event is told again: `<resourceId>.<version>.<part>`; opaque otherwise.')),
  tenant: z.string().check(z.minLength(1), z.describe('Name of the tenant.')),
  application: z.exactOptional(
    z
      .string()
      .check(z.describe('Key of the application that made the change, or `administration`; absent where the service itself tells it.')),
  ),
  resourceType: z.string().check(z.minLength(1), z.describe('Name of the resource type, as in /ResourceTypes.')),
  resourceId: z.string().check(z.minLength(1), z.describe('`id` of the resource.')),
  version: z
    .int()
    .check(z.gte(1), z.describe('Version of the resource as of this change; that of a removal is one above that of what was removed.')),
  part: z.int().check(z.gte(0), z.describe('Of several events of one version, a later one has a higher part; not all numbers are used.')),
  time: z.iso.datetime().check(z.describe('When the change was committed, in UTC; of a snapshot, when the resource was last changed.')),
  requestId: z.exactOptional(
    z.string().check(z.describe('Of the request that made the change, as in the log; absent where the service itself tells it.')),
  ),
};

const changed = { paths: z.readonly(z.array(z.string())).check(z.describe('Paths of the attributes that changed.')) };

const user = {
  resourceType: z.literal('User').check(z.describe('Always `User`.')),
  active: z.boolean().check(z.describe('Whether the user is active as of this change.')),
};

const values = {
  profile: z.exactOptional(
    z
      .record(z.string(), z.custom<Json>())
      .check(
        z.describe(
          "What the resource is as of this change, by the vendor's attribute names, or by SCIM's; only where the tenant has it told.",
        ),
      ),
  ),
  profileOmitted: z.exactOptional(
    z.literal(true).check(z.describe('There is a profile, but it is too large for an event: read the resource.')),
  ),
};

const members = z
  .readonly(z.array(z.string().check(z.minLength(1))))
  .check(z.minLength(1), z.maxLength(IDS_OF_AN_EVENT), z.describe('Ids of the members that came, or went.'));

/**
 * What each event promises, by its type: programs are built on it, so it is only ever added to.
 *
 * It is strict, to judge what is made; those who read are to pass over what they don't know.
 */
export const eventSchema = lazily(() =>
  z.readonly(
    z.discriminatedUnion('type', [
      z.strictObject({
        type: z.enum(['user.created', 'user.updated', 'user.deactivated', 'user.reactivated', 'user.restored']),
        ...identity,
        ...user,
        ...changed,
        ...values,
      }),
      z.strictObject({ type: z.literal('user.snapshot'), ...identity, ...user, ...values }),
      z.strictObject({ type: z.literal('user.removed'), ...identity, resourceType: user.resourceType }),
      z.strictObject({
        type: z.enum(['group.created', 'group.updated', 'group.renamed', 'group.restored']),
        ...identity,
        ...changed,
        ...values,
      }),
      z.strictObject({ type: z.literal('group.snapshot'), ...identity, ...values }),
      z.strictObject({ type: z.literal('group.removed'), ...identity }),
      z.strictObject({ type: z.enum(['members.added', 'members.removed']), ...identity, members }),
      z.strictObject({
        type: z.enum(['resource.created', 'resource.updated', 'resource.restored']),
        ...identity,
        ...changed,
        ...values,
      }),
      z.strictObject({ type: z.literal('resource.snapshot'), ...identity, ...values }),
      z.strictObject({ type: z.literal('resource.removed'), ...identity }),
    ]),
  ),
);
