import { printFilter } from '../filter/print.ts';
import type { Target } from './operation.ts';

/** Writes a path down so that parsing gives it back, its filter included: not for a log, the filter may name a person. */
export const printPath = ({ path, filter, subAttribute }: Target): string =>
  `${path.name}${filter ? `[${printFilter(filter)}]` : ''}${subAttribute ? `.${subAttribute.name}` : ''}`;
