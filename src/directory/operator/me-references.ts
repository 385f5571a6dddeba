import type { Application } from '../../access/application.ts';
import type { StoreCall } from '../ports.ts';
import type { DirectoryAdministration } from './administration.ts';

type Applications = DirectoryAdministration['applications'];

type MeReference = { readonly application: string; readonly credential: string };

/** Finds the credentials for which `/Me` stands for this resource. */
export async function meReferences(applications: Pick<Applications, 'list'>, id: string, call: StoreCall): Promise<readonly MeReference[]> {
  const all = await applications.list(call);
  return all.flatMap((application) => credentialsOf(application, id).map((credential) => ({ application: application.key, credential })));
}

/** Makes `/Me` stand for nobody where it stood for this resource; says for how many credentials. */
export async function forgetMe(applications: Applications, id: string, call: StoreCall): Promise<number> {
  const references = await meReferences(applications, id, call);
  if (references.length === 0) return 0;
  const isConcerned = (application: Application): boolean => credentialsOf(application, id).length > 0;
  await applications.change((all) => ({ put: all.filter(isConcerned).map((application) => withoutMe(application, id)) }), call);
  return references.length;
}

const credentialsOf = ({ policy: { me } }: Application, id: string): readonly string[] =>
  Object.keys(me).filter((credential) => me[credential] === id);

function withoutMe(application: Application, id: string): Application {
  const me = Object.fromEntries(Object.entries(application.policy.me).filter(([, user]) => user !== id));
  return { ...application, policy: { ...application.policy, me } };
}
