/**
 * Every deviation from RFC 7643 and RFC 7644 that is accepted, by name, with who sends it.
 *
 * The engine knows none of them: each is a rewriting step before it (`schema/forgive-value.ts`,
 * `patch/forgive-operation.ts`), so that a tenant can do without any of them.
 */
export const LENIENCIES = {
  /** `schemas` is missing from a resource or a PatchOp: scripts, early connectors. */
  missingSchemas: 'schemas may be missing',
  /** `schemas`, keys and paths with URNs of SCIM 1 or its successor's drafts (OneLogin), a misspelt one or Active Directory's own (Entra ID). */
  foreignSchemas: 'schemas may name other URNs, and some old or misspelt ones count, in keys and paths too',
  /** `"True"`, `"False"`: Entra ID without its `aadOptscim062020` flag. */
  booleanStrings: 'booleans may be strings',
  /** `""` for "no value": Entra ID's null update and its removal of a manager. */
  emptyStrings: 'an empty string means unassigned',
  /** A complex value given as its `value` alone: Entra ID's manager, members in its reference calls. */
  bareValues: 'a complex value may be its value alone',
  /** One value where a list belongs: older connectors' members. */
  soleValues: 'a list of one may be its only value',
  /** A list of one, or `{ "value": … }`, where a single value belongs: Entra ID's manager and `emails[…].value`. */
  wrappedValues: 'a single value may be wrapped in a list or an object',
  /** `Add`, `Replace`, `Remove`: Entra ID. */
  verbCase: 'op may be in any case',
  /** Path-less values whose keys are paths, `name.givenName` or `urn:…:User:department`: Entra ID with its flag. */
  pathsAsKeys: 'keys of a path-less value may be paths',
  /** Path-less values that repeat `id`, `schemas`, `meta` or `groups`: Okta, authentik. */
  echoedReadOnly: 'readOnly attributes may be echoed in a path-less value',
  /** An extension's attribute without its URN: Entra ID's `manager`. */
  bareExtensionPaths: 'an attribute of an extension may be named without its URN',
  /** `add` or `replace` of `emails[type eq "work"].value` where there is no such element: Entra ID. */
  missingElements: 'a value path that matches nothing makes the element it describes',
  /** `remove` of `members` with a list of those to remove: Entra ID without its flag, JumpCloud. */
  removeByValue: 'remove may list what to remove',
  /** `manager[value eq "…"]`, a value path on a single-valued attribute: Entra ID. */
  singleValuePaths: 'a value path may select from a single-valued attribute',
} as const;

export type LeniencyName = keyof typeof LENIENCIES;
export type Leniencies = ReadonlySet<LeniencyName>;

const isLeniencyName = (name: string): name is LeniencyName => Object.hasOwn(LENIENCIES, name);

export const ALL_LENIENCIES: Leniencies = new Set(Object.keys(LENIENCIES).filter(isLeniencyName));
export const NO_LENIENCIES: Leniencies = new Set();
