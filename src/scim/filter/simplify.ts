import type { JsonObject } from '../json.ts';
import type { ResourceType } from '../schema/resource-type.ts';
import type { Filter } from './ast.ts';
import { evaluate } from './evaluate.ts';

/**
 * Takes out of a filter what the resource type alone decides; true where every resource of it matches, false where none
 * does. So `meta.resourceType eq "User"`, asked of all types, leads to users and walks past nobody.
 */
export function simplify(filter: Filter, type: ResourceType): Filter | boolean {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return join(filter.kind, simplify(filter.left, type), simplify(filter.right, type));
    case 'not': {
      const operand = simplify(filter.operand, type);
      return typeof operand === 'boolean' ? !operand : { kind: 'not', operand };
    }
    default:
      return decide(filter, type) ?? filter;
  }
}

/** `false` decides an `and`, `true` an `or`; the other one leaves it to what stands beside it. */
function join(kind: 'and' | 'or', left: Filter | boolean, right: Filter | boolean): Filter | boolean {
  const deciding = kind === 'or';
  if (left === deciding || right === deciding) return deciding;
  if (typeof left === 'boolean') return right;
  return typeof right === 'boolean' ? left : { kind, left, right };
}

/** A comparison holds if it does for any value, so the fewest values a resource can have decide for it, the most against it. */
function decide(filter: Exclude<Filter, { readonly kind: 'and' | 'or' | 'not' }>, type: ResourceType): boolean | undefined {
  const known = knownOf(filter.path.name, filter.path.extension, type);
  if (known === undefined) return undefined;
  const [fewest, most] = known;
  if (evaluate(filter, fewest)) return true;
  return evaluate(filter, most) ? undefined : false;
}

/** The least and the most that is known of an attribute of every resource, before any is read. */
function knownOf(name: string, extension: string | undefined, type: ResourceType): readonly [JsonObject, JsonObject] | undefined {
  const extensions = type.extensions.map(({ schema }) => schema.id);
  if (extension !== undefined) return extensions.includes(extension) ? undefined : [{}, {}];
  if (name === 'schemas') return [{ schemas: [type.schema.id] }, { schemas: [type.schema.id, ...extensions] }];
  if (name !== 'meta.resourceType') return undefined;
  const meta = { meta: { resourceType: type.name } };
  return [meta, meta];
}
