import type { Scalar } from './read-values.ts';
import type { Transform } from './shape.ts';

const TRANSFORMATIONS: Readonly<Record<Transform, (text: string) => string>> = {
  lowerCase: (text) => text.toLowerCase(),
  upperCase: (text) => text.toUpperCase(),
  trim: (text) => text.trim(),
};

/** Applies them one after another; what is no text stays as it is. */
export const transformed = (value: Scalar, transforms: readonly Transform[]): Scalar =>
  typeof value === 'string' ? transforms.reduce((text, name) => TRANSFORMATIONS[name](text), value) : value;
