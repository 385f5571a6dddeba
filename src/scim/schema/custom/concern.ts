import { isObject, type Json, type JsonObject } from '../../json.ts';
import { NO_LENIENCIES } from '../../leniency.ts';
import { same } from '../../same.ts';
import type { Attribute } from '../attribute.ts';
import type { AttributePath } from '../lookup.ts';
import { isFilled, parseValue } from '../parse-value.ts';

/** What a change of a schema asks of every stored resource of one type. */
export type Concern = {
  /** The resource type. */
  readonly type: string;
  /** What it is about: a path, or the resource type itself. */
  readonly subject: string;
  /** What would become of the stored values. */
  readonly trouble: string;
  /** What makes the change possible. */
  readonly remedy: string;
  /** Says whether a resource, as it is stored, stands in the way. */
  readonly concerns: (stored: JsonObject) => boolean;
};

/** An attribute of a resource type. */
export type About = {
  readonly type: string;
  readonly path: AttributePath;
  /** What it is until the change. */
  readonly was?: Attribute;
};

const OR_ADD = 'or leave the attribute as it is and add another';

/** What makes room for a change: clients can clear values, though none of what they set once, or never. */
const clearing = ({ was }: About): string =>
  was?.mutability === 'immutable' || was?.mutability === 'readOnly'
    ? `make it readWrite first and clear these values then, ${OR_ADD}`
    : `clear these values first, ${OR_ADD}`;

/** What nobody could read or change any more. */
export const lost = (about: About): Concern => ({
  type: about.type,
  subject: about.path.name,
  trouble: 'stored values would be lost',
  remedy: clearing(about),
  concerns: (stored) => valueAt(stored, about.path) !== undefined,
});

/** What would be out of the reach of clients, or of the keys that make values unique. */
export const frozen = (about: About, trouble: string): Concern => ({ ...lost(about), trouble });

/** What would not be accepted if it were sent today. */
export const misfit = (about: About): Concern => ({
  ...lost(about),
  trouble: 'stored values do not fit',
  concerns: (stored) => {
    const value = valueAt(stored, about.path);
    return value !== undefined && !fits(about.path.attribute, value);
  },
});

/** What every change of the resource would be refused for. */
export const missing = ({ type, path }: About): Concern => ({
  type,
  subject: path.name,
  trouble: 'resources without a value could no longer be changed',
  remedy: 'apply the change with required false first, and let the client fill it in',
  concerns: (stored) => {
    const holder = path.extension === undefined ? stored : stored[path.extension];
    return holder !== undefined && !isFilled(holder, path.attribute.name);
  },
});

/** The same for an extension as a whole. */
export const missingExtension = (type: string, urn: string): Concern => ({
  type,
  subject: urn,
  trouble: 'resources without it could no longer be changed',
  remedy: 'apply the change with required false first, and let the client fill it in',
  concerns: (stored) => stored[urn] === undefined,
});

export const noResources = (type: string): Concern => ({
  type,
  subject: type,
  trouble: 'resources would be lost',
  remedy: 'delete them first',
  concerns: () => true,
});

function valueAt(stored: JsonObject, { extension, attribute }: AttributePath): Json | undefined {
  const holder = extension === undefined ? stored : stored[extension];
  return isObject(holder) && Object.hasOwn(holder, attribute.name) ? holder[attribute.name] : undefined;
}

/** A value fits if an attribute of this definition takes it as it is, with everything that is in it. */
function fits(attribute: Attribute, value: Json): boolean {
  const reading = { leniencies: NO_LENIENCIES, membersAttribute: undefined, ignore: () => undefined };
  try {
    return same(parseValue(attribute, value, attribute.name, reading), value);
  } catch {
    return false;
  }
}
