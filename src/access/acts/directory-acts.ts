import * as z from 'zod/mini';
import { MAX_COUNT } from '../../scim/query.ts';
import { act, application, dryRun, id, resourceType } from './fields.ts';
import { resource } from './resource-acts.ts';

const MAX_TEXT = 10_000;
const MAX_COLUMNS = 50;
const MAX_MEMBERS = 1_000;

const TEXT = `must be text of 1 to ${MAX_TEXT} characters`;
const text = z.string(TEXT).check(z.minLength(1, TEXT), z.maxLength(MAX_TEXT, TEXT));
const COLUMNS = `must be a list of at most ${MAX_COLUMNS} attribute names`;

const count = (most: number, standard: number) => {
  const message = `must be a whole number from 1 to ${most}`;
  return z._default(z.int(message).check(z.gte(1, message), z.lte(most, message)), standard);
};

export const DIRECTORY_ACTS = {
  'resource.list': act('resource.list', {
    type: resourceType,
    /** Whose `externalId` is seen. */
    application,
    filter: z.optional(text),
    /** A name, an address, an `externalId` or an id, or a part of one. */
    find: z.optional(text),
    /** Attributes to be shown; all where there are none. */
    columns: z._default(z.readonly(z.array(text, COLUMNS).check(z.maxLength(MAX_COLUMNS, COLUMNS))), []),
    limit: count(MAX_COUNT, MAX_COUNT),
    /** Of the page before; empty for the first one. */
    cursor: z._default(z.string('must be a cursor'), ''),
  }),
  'resource.show': act('resource.show', { type: resourceType, resource }),
  /** The same, for whoever asks what is held about them. */
  'resource.export': act('resource.export', { type: resourceType, resource }),
  'resource.members': act('resource.members', {
    type: z._default(text, 'Group'),
    resource,
    limit: count(MAX_MEMBERS, MAX_MEMBERS),
    /** The last member of the page before. */
    after: z.optional(id),
  }),
  'resource.disable': act('resource.disable', { type: resourceType, resource }),
  'resource.enable': act('resource.enable', { type: resourceType, resource }),
  'resource.remove': act('resource.remove', { type: resourceType, resource }),
  'resource.purge': act('resource.purge', {
    type: resourceType,
    resource,
    /** Where an earlier part of the same purge left off. */
    after: z.optional(text),
    dryRun,
  }),
};
