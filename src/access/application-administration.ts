import type { ShownApplication } from './admin-answer.ts';
import { AdminRefusal } from './admin-refusal.ts';
import type { RequestOf } from './admin-request.ts';
import { type Administered, type Administration, eventOf } from './administration.ts';
import { type Application, DEFAULT_APPLICATION, defaultApplication } from './application.ts';
import { changePolicy } from './change-policy.ts';
import type { StoreCall } from './ports.ts';

/** @throws {AdminRefusal} when there is no such application */
export async function showApplication(
  { applications, now }: Administration,
  request: RequestOf<'app.show'>,
  call: StoreCall,
): Promise<Administered<ShownApplication>> {
  const at = new Date(now());
  const application = existing(await applications.find(request.application, call), request.application, at);
  return { result: toShown(application), event: eventOf(request, at, { application: application.key }) };
}

/**
 * Changes an application's settings; every function follows within 30 s.
 *
 * @throws {AdminRefusal} when there is no such application, or a setting is not known
 */
export async function setApplication(
  { applications, now }: Administration,
  request: RequestOf<'app.set'>,
  call: StoreCall,
): Promise<Administered<ShownApplication>> {
  const at = new Date(now());
  const change = (current: Application | undefined): Application => {
    const application = existing(current, request.application, at);
    return { ...application, policy: changePolicy(application.policy, request) };
  };
  const application = await applications.change(request.application, change, call);
  return { result: toShown(application), event: eventOf(request, at, { application: application.key }) };
}

/** The default application is there before its settings are. */
function existing(found: Application | undefined, key: string, at: Date): Application {
  if (found !== undefined) return found;
  if (key === DEFAULT_APPLICATION) return defaultApplication(at.toISOString());
  throw new AdminRefusal(`There is no application "${key}": the tenant has "${DEFAULT_APPLICATION}".`);
}

const toShown = ({ key, title, policy, createdAt }: Application): ShownApplication => ({ key, title, createdAt, policy });
