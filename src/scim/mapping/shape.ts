import * as z from 'zod/mini';
import { lazily } from '../lazily.ts';
import { knownWords } from '../schema/custom/known-words.ts';
import { quoted } from '../schema/suggest.ts';
import {
  MAX_PATH_CHARACTERS,
  MAX_PATHS,
  MAX_SEPARATOR_CHARACTERS,
  MAX_TARGET_CHARACTERS,
  MAX_TARGETS,
  MAX_TEXT_CHARACTERS,
} from './limits.ts';

const TRANSFORMS = ['lowerCase', 'upperCase', 'trim'] as const;
export type Transform = (typeof TRANSFORMS)[number];

/** Where a value comes from: each attribute has one of these. */
export const SOURCES = ['path', 'firstOf', 'join', 'constant'] as const;

/** Made when they are first needed: few applications have a mapping. */
const shapes = lazily(() => {
  const TARGET = `must be a name: a letter, then up to ${MAX_TARGET_CHARACTERS - 1} letters, digits, or any of "_", "-" and "."`;
  const target = z.string(TARGET).check(
    z.regex(new RegExp(`^[A-Za-z][\\w.-]{0,${MAX_TARGET_CHARACTERS - 1}}$`), TARGET),
    z.refine((name) => !(name in {}), 'is a name that programs keep for themselves; take another'),
  );

  const PATH = `must be a SCIM path of 1 to ${MAX_PATH_CHARACTERS} characters, such as "userName"`;
  const path = z.string(PATH).check(z.minLength(1, PATH), z.maxLength(MAX_PATH_CHARACTERS, PATH));

  const PATHS = `must be a list of 2 to ${MAX_PATHS} paths`;
  const paths = z.readonly(z.array(path, PATHS).check(z.minLength(2, PATHS), z.maxLength(MAX_PATHS, PATHS)));

  const SCALAR = `must be a text of 1 to ${MAX_TEXT_CHARACTERS} characters, a number, true or false`;
  const scalar = z.union(
    [
      z.string().check(
        z.minLength(1),
        z.maxLength(MAX_TEXT_CHARACTERS),
        z.refine((text) => text.isWellFormed()),
      ),
      z.number(),
      z.boolean(),
    ],
    SCALAR,
  );

  const transform = z.enum(TRANSFORMS, {
    error: ({ input }) =>
      typeof input === 'string'
        ? `knows no${quoted(input) || ' such word'}${knownWords(input, TRANSFORMS)}`
        : `must be one of ${TRANSFORMS.join(', ')}`,
  });

  const SEPARATOR = `must be text of at most ${MAX_SEPARATOR_CHARACTERS} characters`;

  const mappedAttribute = z.strictObject(
    {
      /** The vendor's own name for it. */
      target,
      path: z.optional(path),
      firstOf: z.optional(paths),
      join: z.optional(paths),
      separator: z.optional(z.string(SEPARATOR).check(z.maxLength(MAX_SEPARATOR_CHARACTERS, SEPARATOR))),
      constant: z.optional(scalar),
      /** Every value of the path, as a list; without it one: the primary one, or else the first. */
      all: z.optional(z.literal(true, 'must be true, or left out')),
      transforms: z.optional(
        z.readonly(
          z
            .array(transform, `must be a list of ${TRANSFORMS.join(', ')}`)
            .check(z.maxLength(TRANSFORMS.length, 'must name each once at most')),
        ),
      ),
      /** Stands where there is no value. */
      default: z.optional(scalar),
    },
    'must be an object with a target and one of path, firstOf, join and constant',
  );

  const LIST = `must be a list of 1 to ${MAX_TARGETS} attributes`;
  const mappedAttributes = z.readonly(z.array(mappedAttribute, LIST).check(z.minLength(1, LIST), z.maxLength(MAX_TARGETS, LIST)));

  const mapping = z.readonly(
    z.record(z.string(), mappedAttributes, 'must be an object with a list of attributes for each resource type, such as {"User": [ … ]}'),
  );
  return { mappedAttribute, mapping };
});

type Built = ReturnType<typeof shapes>;

/** How one attribute of the vendor's is made. */
export type MappedAttribute = Readonly<z.output<Built['mappedAttribute']>>;

/** What an application's resources are called by the vendor: by resource type, one entry for each attribute of the vendor's. */
export type AttributeMapping = z.output<Built['mapping']>;

export const mappingShape = z.lazy(() => shapes().mapping);

export const keysOfAttribute = (): readonly string[] => Object.keys(shapes().mappedAttribute.shape);
