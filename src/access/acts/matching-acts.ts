import * as z from 'zod/mini';
import { act, plainText, resourceType } from './fields.ts';

const MAX_PATH = 500;
const PATH = `must be the path of an attribute, of 1 to ${MAX_PATH} characters`;
const attribute = z.string(PATH).check(z.minLength(1, PATH), z.maxLength(MAX_PATH, PATH), z.regex(/^\P{Cc}*$/u, PATH));

export const MATCHING_ACTS = {
  'matching.list': act('matching.list', { type: z.optional(plainText) }),
  'matching.add': act('matching.add', { type: resourceType, attribute }),
  'matching.remove': act('matching.remove', { type: resourceType, attribute }),
};
