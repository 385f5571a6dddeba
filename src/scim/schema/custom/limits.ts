/** All of an operator's schemas are one item of the table, which every function reads twice a minute. */
export const MAX_CUSTOM_BYTES = 100 * 1024;
/** Attributes that once were, and are remembered: with their longest names, they and all schemas still fit one item. */
export const MAX_REMOVED = 750;
export const MAX_SCHEMAS = 50;
export const MAX_RESOURCE_TYPES = 20;
export const MAX_ATTRIBUTES = 200;
export const MAX_SUB_ATTRIBUTES = 100;
/** Unique attributes of one resource type: each value is an item of its own, written with the resource. */
export const MAX_UNIQUE = 10;
/** Matching attributes of one resource type beside what is built in: each value is an item of its own, too. */
export const MAX_MATCHING = 5;
export const MAX_NAME_LENGTH = 64;
export const MAX_URN_LENGTH = 200;
export const MAX_DESCRIPTION_LENGTH = 1_000;
/** Canonical values, or types referred to, of one attribute. */
export const MAX_WORDS = 200;
/** Mistakes named in one refusal. */
export const MAX_FINDINGS = 20;
