import { holdsToken } from '../../src/access/token.ts';
import type { Directory } from '../../src/directory/context.ts';
import { createResource } from '../../src/directory/create-resource.ts';
import { deleteResource } from '../../src/directory/delete-resource.ts';
import { includeFor } from '../../src/directory/include.ts';
import { listResources } from '../../src/directory/list-resources.ts';
import type { Outcome } from '../../src/directory/outcome.ts';
import { patchResource } from '../../src/directory/patch-resource.ts';
import type { Loaded } from '../../src/directory/ports.ts';
import { present } from '../../src/directory/present.ts';
import { loadExisting, notFound, readResource } from '../../src/directory/read-resource.ts';
import { replaceResource } from '../../src/directory/replace-resource.ts';
import { etagOf, matchesEtag } from '../../src/scim/messages.ts';
import { type Projection, parseProjection, project } from '../../src/scim/projection.ts';
import { parseListQuery } from '../../src/scim/query.ts';
import type { ResourceType } from '../../src/scim/schema/resource-type.ts';
import { subjectOf } from '../../src/scim/schema/subject.ts';
import type { ScimAnswer, ScimRequest, Serve } from './exchange.ts';
import { listAnswer } from './list-answer.ts';

const LOGGED_NAMES = 20;
/** What the schema takes at most; longer ones are refused, and identify nobody. */
const LONGEST_SUBJECT = 1_024;

/** Serves collections and single resources of any type: which ones is the registry's business. */
export const serveResources =
  (directory: Directory): Serve =>
  (request) => {
    const { target } = request;
    if (target.kind === 'collection') return serveCollection(directory, request, target.type);
    if (target.kind === 'resource') return serveResource(directory, request, target.type, target.id);
    return undefined;
  };

function serveCollection(directory: Directory, request: ScimRequest, type: ResourceType): Promise<ScimAnswer> {
  return request.method === 'POST' ? create(directory, request, type) : list(directory, request, type);
}

function serveResource(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  if (request.verdict === 'ignore') return ignore(directory, request, type, id);
  if (request.method === 'GET') return read(directory, request, type, id);
  if (request.method === 'PUT') return replace(directory, request, type, id);
  if (request.method === 'PATCH') return patch(directory, request, type, id);
  return remove(directory, request, type, id);
}

async function create(directory: Directory, request: ScimRequest, type: ResourceType): Promise<ScimAnswer> {
  const projection = projectionOf(request, type);
  noteSubject(request, type);
  const outcome = await createResource(directory, request.context, type, request.body());
  noteOutcome(request, outcome);
  return shown(request, type, outcome.loaded, projection, 201);
}

async function list(directory: Directory, request: ScimRequest, type: ResourceType): Promise<ScimAnswer> {
  const query = parseListQuery(type, request.parameters);
  if (request.verdict === 'empty') return listAnswer({ total: 0, startIndex: query.startIndex, loaded: [] }, () => ({}));
  const page = await listResources(directory, request.context, type, query);
  return listAnswer(page, (loaded) => project(type, present(type, loaded, request.context), query.projection));
}

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
  const isSilent = request.method === 'DELETE' || (request.method === 'PATCH' && isAnsweredSilently(request, type));
  const loaded = await loadExisting(directory, request.context, type, id, isSilent ? {} : includeFor(type, projection));
  return shown(request, type, isSilent ? undefined : loaded, projection, 200);
}

async function replace(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  const projection = projectionOf(request, type);
  const { groups } = includeFor(type, projection);
  noteSubject(request, type);
  const outcome = await replaceResource(directory, request.context, type, id, request.body(), { ifMatch: request.ifMatch, groups });
  noteOutcome(request, outcome);
  return shown(request, type, outcome.loaded, projection, 200);
}

/** RFC 7644 §3.5.2: with `attributes` the answer to a PATCH always carries the resource. */
const isAnsweredSilently = ({ context, parameters }: ScimRequest, type: ResourceType): boolean =>
  context.policy.patchAnswer[type.name] === 'noContent' && !parameters.has('attributes');

async function patch(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  const projection = projectionOf(request, type);
  const include = isAnsweredSilently(request, type) ? undefined : includeFor(type, projection);
  const outcome = await patchResource(directory, request.context, type, id, request.body(), { ifMatch: request.ifMatch, include });
  noteOutcome(request, outcome);
  return shown(request, type, outcome.loaded, projection, 200);
}

async function remove(directory: Directory, request: ScimRequest, type: ResourceType, id: string): Promise<ScimAnswer> {
  noteOutcome(request, await deleteResource(directory, request.context, type, id, request.ifMatch));
  return { status: 204 };
}

const projectionOf = ({ parameters }: ScimRequest, type: ResourceType): Projection =>
  parseProjection(type, parameters.get('attributes'), parameters.get('excludedattributes'));

function shown(
  { context }: ScimRequest,
  type: ResourceType,
  loaded: Loaded | undefined,
  projection: Projection,
  status: number,
): ScimAnswer {
  if (loaded === undefined) return { status: 204 };
  const { id, version } = loaded.resource;
  return {
    status,
    headers: { Location: `${context.baseUrl}${type.endpoint}/${id}`, ETag: etagOf(version) },
    body: project(type, present(type, loaded, context), projection),
  };
}

/** Says whom the request is about before it may be refused: a report by person has to find that, too. */
function noteSubject({ line, body }: ScimRequest, type: ResourceType): void {
  const subject = subjectOf(type, body());
  if (subject !== undefined && subject.length <= LONGEST_SUBJECT) line.subject = subject;
}

/** Puts on the request line what the write did; of attributes nobody knows, only names that look like names. */
function noteOutcome({ line }: ScimRequest, { id, changedPaths, ignoredAttributes, subject, previousSubject }: Outcome): void {
  line.resourceId = id;
  line.changed = changedPaths.slice(0, LOGGED_NAMES);
  if (ignoredAttributes.length > 0) line.ignored = ignoredAttributes.slice(0, LOGGED_NAMES).map((name) => (isName(name) ? name : '?'));
  if (subject !== undefined) line.subject = subject;
  if (previousSubject !== undefined) line.previousSubject = previousSubject;
}

const isName = (name: string): boolean => /^[\w$:.-]{1,100}$/.test(name) && !holdsToken(name);
