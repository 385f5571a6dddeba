import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { GROUP, USER } from '../../src/scim/schema/resource-types.ts';
import { DEVICE } from '../../test/support/scim-every-type.ts';
import type { Random } from '../support/random.ts';
import { adversarial } from './adversarial.ts';
import { garbage, withSlips } from './invalid.ts';
import { validFilter, validPath } from './valid.ts';

export const SHAPES = ['valid', 'nearly valid', 'garbage', 'adversarial'] as const;
export const KINDS = ['filter', 'path'] as const;

/** One text to be read, and how it came to be. */
export type Asked = {
  readonly kind: (typeof KINDS)[number];
  readonly shape: (typeof SHAPES)[number];
  readonly type: ResourceType;
  readonly text: string;
};

const TYPES: readonly ResourceType[] = [USER, GROUP, DEVICE];

/** Asks anything: half of it valid or nearly so, a tenth made to take long. */
export function ask(random: Random): Asked {
  const asked = { kind: random.pick(KINDS), shape: shapeOf(random.below(100)), type: random.pick(TYPES) };
  return { ...asked, text: textOf(asked, random) };
}

function shapeOf(percent: number): Asked['shape'] {
  if (percent < 35) return 'valid';
  if (percent < 70) return 'nearly valid';
  return percent < 90 ? 'garbage' : 'adversarial';
}

function textOf({ kind, shape, type }: Omit<Asked, 'text'>, random: Random): string {
  if (shape === 'adversarial') return adversarial(random);
  if (shape === 'garbage') return garbage(type, random);
  const valid = kind === 'path' ? validPath(type, random) : validFilter(type, random);
  return shape === 'valid' ? valid : withSlips(valid, random);
}
