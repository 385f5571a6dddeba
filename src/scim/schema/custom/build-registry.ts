import type { Attribute } from '../attribute.ts';
import type { MatchingAttribute, Registry, ResourceType, Schema } from '../resource-type.ts';
import {
  type Customization,
  type CustomType,
  type ExtensionUse,
  isSameName,
  isUnique,
  type MatchingUse,
  partsOf,
} from './customization.ts';

/**
 * The resource types there are with an operator's additions. A built-in type that nothing was added to stays the very
 * object it was, and so do all of them where there is no addition at all.
 *
 * What a customization names and does not hold is left out: reading must go on with whatever is stored.
 */
export function buildRegistry(builtIn: Registry, customization: Customization): Registry {
  const schemaCalled = schemaFinder(builtIn, customization);
  const added = customization.types.flatMap((type) => newType(type, schemaCalled));
  if (added.length === 0 && customization.types.length === 0 && customization.matching.length === 0) return builtIn;
  const all = [...builtIn.map((type) => withMemberTypes(extended(type, customization, schemaCalled), added)), ...added];
  return all.map((type) => withMatching(type, customization.matching));
}

/** Each schema once, however many resource types have it. */
export function schemasOf(registry: Registry): readonly Schema[] {
  const all = registry.flatMap(({ schema, extensions }) => [schema, ...extensions.map((extension) => extension.schema)]);
  return [...new Map(all.map((schema) => [schema.id, schema])).values()];
}

type FindSchema = (urn: string) => Schema | undefined;

/** Finds a schema by its URN among the operator's and the extensions that are built in. */
export function schemaFinder(builtIn: Registry, { schemas }: Customization): FindSchema {
  const extensions = builtIn.flatMap((type) => type.extensions.map(({ schema }) => schema));
  return (urn) => [...schemas, ...extensions].find(({ id }) => isSameName(id, urn));
}

function extended(type: ResourceType, { types }: Customization, schemaCalled: FindSchema): ResourceType {
  const uses = types.find(({ name }) => name === type.name)?.extensions ?? [];
  return uses.length === 0 ? type : { ...type, extensions: [...type.extensions, ...extensionsOf(uses, schemaCalled)] };
}

function newType({ name, own, extensions }: CustomType, schemaCalled: FindSchema): readonly ResourceType[] {
  const schema = own && schemaCalled(own.schema);
  if (own === undefined || schema === undefined) return [];
  const { description, endpoint } = own;
  return [
    { name, description, endpoint, schema, extensions: extensionsOf(extensions, schemaCalled), subjectAttributes: subjectsIn(schema) },
  ];
}

const extensionsOf = (uses: readonly ExtensionUse[], schemaCalled: FindSchema): ResourceType['extensions'] =>
  uses.flatMap(({ schema: urn, required }) => {
    const schema = schemaCalled(urn);
    return schema ? [{ schema, required }] : [];
  });

/** What tells one resource from another comes first; without it, the name it is shown by. */
function subjectsIn({ attributes }: Schema): readonly string[] {
  const isText = ({ type, multiValued, returned }: Attribute): boolean => type === 'string' && !multiValued && returned !== 'never';
  const texts = attributes.filter(isText);
  const isDisplayed = ({ name }: Attribute): boolean => isSameName(name, 'displayName') || isSameName(name, 'name');
  return [...texts.filter(isUnique), ...texts.filter((text) => isDisplayed(text) && !isUnique(text))].map(({ name }) => name);
}

/** Where one is on its way out, keys are still kept as long as some function may rely on them. */
const STAGES: Readonly<Record<MatchingUse['state'], MatchingAttribute['stage']>> = {
  filling: 'kept',
  ready: 'used',
  leaving: 'kept',
  removing: 'dropped',
};

function withMatching(type: ResourceType, uses: readonly MatchingUse[]): ResourceType {
  const added = uses.filter((use) => use.type === type.name).map(({ path, state }) => ({ path, stage: STAGES[state] }));
  return added.length === 0 ? type : { ...type, matching: [...(type.matching ?? []), ...added] };
}

/** Whatever exists may be a member of a group: the group says so, and knows where its members' addresses point. */
function withMemberTypes(type: ResourceType, added: readonly ResourceType[]): ResourceType {
  if (type.membersAttribute === undefined || added.length === 0) return type;
  const names = added.map(({ name }) => name);
  const endpoints = Object.fromEntries(added.map(({ name, endpoint }) => [name, endpoint]));
  const attributes = type.schema.attributes.map((attribute) =>
    attribute.name === type.membersAttribute ? withTypes(attribute, names) : attribute,
  );
  return { ...type, schema: { ...type.schema, attributes }, references: { ...type.references, ...endpoints } };
}

const withTypes = (attribute: Attribute, names: readonly string[]): Attribute => ({
  ...attribute,
  subAttributes: partsOf(attribute).map((sub) => ({
    ...sub,
    ...(sub.canonicalValues && { canonicalValues: [...sub.canonicalValues, ...names] }),
    ...(sub.referenceTypes && { referenceTypes: [...sub.referenceTypes, ...names] }),
  })),
});
