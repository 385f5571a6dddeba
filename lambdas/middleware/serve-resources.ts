import { holdsToken } from '../../src/access/token.ts';
import { answerInclude, tooManyMembers } from '../../src/directory/answer-size.ts';
import type { Directory } from '../../src/directory/context.ts';
import { createResource } from '../../src/directory/create-resource.ts';
import { deleteResource } from '../../src/directory/delete-resource.ts';
import { includeFor } from '../../src/directory/include.ts';
import type { Outcome } from '../../src/directory/outcome.ts';
import { patchResource } from '../../src/directory/patch-resource.ts';
import type { Loaded } from '../../src/directory/ports.ts';
import { present } from '../../src/directory/present.ts';
import { loadExisting, notFound, readResource } from '../../src/directory/read-resource.ts';
import { replaceResource } from '../../src/directory/replace-resource.ts';
import type { StoredResource } from '../../src/directory/resource.ts';
import type { DirectoryOf } from '../../src/runtime/directory.ts';
import { etagOf, matchesEtag } from '../../src/scim/messages.ts';
import { type Projection, parseProjection, project } from '../../src/scim/projection.ts';
import { parseListQuery } from '../../src/scim/query.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { subjectOf } from '../../src/scim/schema/subject.ts';
import type { ScimAnswer, ScimRequest, Serve } from './exchange.ts';
import { list } from './list-answer.ts';
import { isComplete, patchInclude } from './patch-answer.ts';

const LOGGED_NAMES = 20;
/** What the schema takes at most; longer ones are refused, and identify nobody. */
const LONGEST_SUBJECT = 1_024;

/** Serves collections and single resources of any type: which ones is the registry's business. */
export const serveResources =
  (directoryOf: DirectoryOf): Serve =>
  (request) => {
    const { target } = request;
    const directory = directoryOf(request.registry, request.context);
    if (target.kind === 'collection') return serveCollection(directory, request, target.type);
    if (target.kind === 'resource') return serveResource(directory, request, target.type, target.id);
    return undefined;
  };

function serveCollection(directory: Directory, request: ScimRequest, type: ResourceType): Promise<ScimAnswer> {
  return request.method === 'POST' ? create(directory, request, type) : listOne(directory, request, type);
}

function serveResource(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  return request.method === 'GET' ? read(directory, request, type, id) : change(directory, notingFound(request, type), type, id);
}

function change(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  if (request.verdict === 'ignore') return ignore(directory, request, type, id);
  if (request.method === 'PUT') return replace(directory, request, type, id);
  if (request.method === 'PATCH') return patch(directory, request, type, id);
  return remove(directory, request, type, id);
}

async function create(directory: Directory, request: ScimRequest, type: ResourceType): Promise<ScimAnswer> {
  const projection = projectionOf(request, type);
  noteSubject(request, type);
  const outcome = await createResource(directory, request.context, type, request.body());
  noteOutcome(request, outcome);
  return shown(request, type, loadedOf(outcome), projection, 201);
}

const listOne = (directory: Directory, { context, parameters, verdict }: ScimRequest, type: ResourceType): Promise<ScimAnswer> =>
  list(directory, context, { types: [type], served: verdict === 'empty' ? [] : [type] }, () => parseListQuery(type, parameters));

async function read(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  if (request.verdict === 'empty') throw notFound(type);
  const projection = projectionOf(request, type);
  const loaded = await readResource(directory, request.context, type, id, projection);
  const isKnown = request.ifNoneMatch !== undefined && matchesEtag(request.ifNoneMatch, loaded.resource.version);
  if (isKnown) return { status: 304, headers: { ETag: etagOf(loaded.resource.version) } };
  return shown(request, type, loaded, projection, 200);
}

/** Answers a change that the application's policy has us ignore as if it had been made, with the resource as it stays. */
async function ignore(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  const projection = projectionOf(request, type);
  const wanted = request.method === 'PATCH' ? patchInclude(request, type, projection) : answerInclude(type, projection, request.context);
  const include = request.method === 'DELETE' ? undefined : wanted;
  const loaded = await loadExisting(directory, request.context, type, id, include ?? {});
  if (request.method === 'DELETE') return { status: 204 };
  const { resource } = loaded;
  return isComplete(loaded, include)
    ? shown(request, type, loaded, projection, 200)
    : { status: 204, headers: headersOf(request, type, resource) };
}

async function replace(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  const projection = projectionOf(request, type);
  const { groups } = includeFor(type, projection);
  noteSubject(request, type);
  const outcome = await replaceResource(directory, request.context, type, id, request.body(), { conditions: request, groups });
  noteOutcome(request, outcome);
  return shown(request, type, loadedOf(outcome), projection, 200);
}

async function patch(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  const projection = projectionOf(request, type);
  const include = patchInclude(request, type, projection);
  const outcome = await patchResource(directory, request.context, type, id, request.body(), { conditions: request, include });
  noteOutcome(request, outcome);
  const { loaded } = outcome;
  if (request.parameters.has('attributes') && !isComplete(loaded, include)) throw tooManyMembers(type, id);
  return isComplete(loaded, include)
    ? shown(request, type, loaded, projection, 200)
    : { status: 204, headers: headersOf(request, type, outcome) };
}

async function remove(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  noteOutcome(request, await deleteResource(directory, request.context, type, id, request));
  return { status: 204 };
}

const projectionOf = ({ parameters }: ScimRequest, type: ResourceType): Projection =>
  parseProjection(type, parameters.get('attributes'), parameters.get('excludedattributes'));

const shown = (request: ScimRequest, type: ResourceType, loaded: Loaded, projection: Projection, status: number): ScimAnswer => ({
  status,
  headers: headersOf(request, type, loaded.resource),
  body: project(type, present(type, loaded, request.context), projection),
});

type Known = { readonly id: string; readonly version?: number };

export const headersOf = ({ context }: ScimRequest, type: ResourceType, { id, version }: Known): Readonly<Record<string, string>> => ({
  Location: `${context.baseUrl}${type.endpoint}/${id}`,
  ...(version !== undefined && { ETag: etagOf(version) }),
});

function loadedOf({ loaded }: Outcome): Loaded {
  if (loaded === undefined) throw new TypeError('a create or replace came back without its resource');
  return loaded;
}

/** Says whom the request is about before it may be refused: a report by person has to find that, too. */
export function noteSubject({ line, body }: Pick<ScimRequest, 'line' | 'body'>, type: ResourceType): void {
  const subject = subjectOf(type, body());
  if (subject !== undefined && subject.length <= LONGEST_SUBJECT) line.subject = subject;
}

/** Says whom a change is about where its body does not, as soon as that is known: it may be refused all the same. */
function notingFound(request: ScimRequest, type: ResourceType): ScimRequest {
  const { line, context } = request;
  const found = ({ attributes }: StoredResource): void => {
    if (line.subject === undefined) noteSubject({ line, body: () => attributes }, type);
  };
  return { ...request, context: { ...context, found } };
}

/** Puts on the request line what the write did; of attributes nobody knows, only names that look like names. */
export function noteOutcome(
  { line }: Pick<ScimRequest, 'line'>,
  { id, changedPaths, ignoredAttributes, effect, state, membersAdded, membersRemoved, subject, previousSubject }: Outcome,
): void {
  line.resourceId = id;
  line.changed = changedPaths.slice(0, LOGGED_NAMES);
  if (ignoredAttributes.length > 0) line.ignored = ignoredAttributes.slice(0, LOGGED_NAMES).map((name) => (isName(name) ? name : '?'));
  if (effect !== undefined) line.effect = effect;
  if (state !== undefined) line.state = state;
  if (membersAdded !== undefined) line.membersAdded = (line.membersAdded ?? 0) + membersAdded;
  if (membersRemoved !== undefined) line.membersRemoved = (line.membersRemoved ?? 0) + membersRemoved;
  if (subject !== undefined) line.subject = subject;
  if (previousSubject !== undefined) line.previousSubject = previousSubject;
}

const isName = (name: string): boolean => /^[\w$:.-]{1,100}$/.test(name) && !holdsToken(name);
