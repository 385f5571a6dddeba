import { keysOfAttribute, type MappedAttribute, SOURCES } from './shape.ts';

/** What each kind of source goes together with. */
const ALLOWED: Readonly<Record<(typeof SOURCES)[number], readonly string[]>> = {
  path: ['all', 'transforms', 'default'],
  firstOf: ['transforms', 'default'],
  join: ['separator', 'transforms', 'default'],
  constant: [],
};

/** Says what is wrong with what an entry is made of, whatever the paths in it; nothing where all is well. */
export function sourceFaults(entry: MappedAttribute): readonly string[] {
  const given = new Set(keysOfAttribute().filter((key) => Object.hasOwn(entry, key)));
  const [source, ...others] = SOURCES.filter((key) => given.has(key));
  if (source === undefined) return [`needs one of ${SOURCES.join(', ')}`];
  if (others.length > 0) return [`has ${[source, ...others].join(' and ')}; it takes one of them: leave out the others`];
  const misplaced = [...given].filter((key) => key !== 'target' && key !== source && !ALLOWED[source].includes(key));
  return misplaced.map((key) => `${key} has no meaning beside ${source}; leave it out`);
}
