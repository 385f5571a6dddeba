/** Attributes of the vendor's that one resource type is mapped to. */
export const MAX_TARGETS = 100;
export const MAX_TARGET_CHARACTERS = 64;
/** Paths that are joined, or of which the first with a value counts. */
export const MAX_PATHS = 10;
export const MAX_PATH_CHARACTERS = 500;
/** A constant, or a default. */
export const MAX_TEXT_CHARACTERS = 1_000;
export const MAX_SEPARATOR_CHARACTERS = 16;
/** A mapping is part of the application's settings, which every function reads twice a minute. */
export const MAX_MAPPING_BYTES = 32 * 1024;
