import { AdminRefusal } from '../admin-refusal.ts';
import { type Application, DEFAULT_APPLICATION, defaultApplication } from '../application.ts';
import { didYouMean } from '../nearest-name.ts';

/**
 * Finds an application by its key. The default one is there before its settings are.
 *
 * @throws {AdminRefusal} naming those there are
 */
export function applicationIn(all: readonly Application[], key: string, at: Date): Application {
  const found = withDefault(all, at).find((application) => application.key === key);
  if (found !== undefined) return found;
  const keys = withDefault(all, at).map((application) => application.key);
  throw new AdminRefusal(`There is no application "${key}"${didYouMean(key, keys)}`);
}

/** Every tenant has the default application, stored or not, and it comes first. */
export function withDefault(all: readonly Application[], at: Date): readonly Application[] {
  const others = all.filter(({ key }) => key !== DEFAULT_APPLICATION);
  const stored = all.find(({ key }) => key === DEFAULT_APPLICATION);
  return [stored ?? defaultApplication(at.toISOString()), ...others];
}
