import { AdminRefusal } from '../admin-refusal.ts';
import type { RequestOf } from '../admin-request.ts';
import { type Administered, type Administration, eventOf } from '../administration.ts';
import { type Application, MAX_APPLICATIONS } from '../application.ts';
import type { StoreCall } from '../ports.ts';
import type { ApplicationChange, ChangedApplications, ExportedApplications } from './answers.ts';
import { differences } from './differences.ts';
import { parseApplications, printApplications } from './document.ts';

export async function exportApplications(
  { applications, now }: Administration,
  request: RequestOf<'app.export'>,
  call: StoreCall,
): Promise<Administered<ExportedApplications>> {
  const document = printApplications(await applications.list(call));
  return { result: { document }, event: eventOf(request, new Date(now())) };
}

/**
 * Makes the applications of a file what it says, all or none; others, and all credentials, stay as they are.
 *
 * @throws {AdminRefusal} naming every mistake in the file
 */
export async function applyApplications(
  { applications, now }: Administration,
  request: RequestOf<'app.apply'>,
  call: StoreCall,
): Promise<Administered<ChangedApplications>> {
  const { document, dryRun } = request;
  const at = new Date(now());
  const wanted = parseApplications(document, at);
  let changes: readonly ApplicationChange[] = [];
  const decide = (all: readonly Application[]) => {
    const stored = new Map(all.map((application) => [application.key, application]));
    refuseTooMany([...stored.keys(), ...wanted.map(({ key }) => key)]);
    changes = wanted.flatMap((application) => differences(stored.get(application.key), application));
    const changed = new Set(changes.filter(({ kind }) => kind !== 'unchanged').map(({ application }) => application));
    const put = wanted.filter(({ key }) => changed.has(key));
    return {
      put: put.map((application) => ({ ...application, createdAt: stored.get(application.key)?.createdAt ?? application.createdAt })),
    };
  };
  if (dryRun) decide(await applications.list(call));
  else await applications.change(decide, call);
  const counts = { added: countOf(changes, 'added'), changed: countOf(changes, 'changed') };
  return { result: { dryRun, changes }, event: eventOf(request, at, { counts, ...(dryRun && { dryRun }) }) };
}

/** How many applications that happens to. */
const countOf = (changes: readonly ApplicationChange[], wanted: ApplicationChange['kind']): number =>
  new Set(changes.flatMap(({ kind, application }) => (kind === wanted ? [application] : []))).size;

function refuseTooMany(keys: readonly string[]): void {
  const count = new Set(keys).size;
  if (count <= MAX_APPLICATIONS) return;
  throw new AdminRefusal(`The tenant would have ${count} applications, and ${MAX_APPLICATIONS} is the most it may have.`);
}
