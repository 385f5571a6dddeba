import { isObject, type Json } from '../../scim/json.ts';
import type { Application } from '../application.ts';
import { writtenDown } from '../change-settings.ts';
import type { ApplicationChange } from './answers.ts';

/** Says what becomes of an application, setting by setting; `unchanged` where nothing does. */
export function differences(before: Application | undefined, after: Application): readonly ApplicationChange[] {
  const application = after.key;
  if (before === undefined) return [{ kind: 'added', application, to: after.title }];
  const [were, are] = [spread(before), spread(after)];
  const names = [...new Set([...were.keys(), ...are.keys()])];
  const changes = names.flatMap((setting): readonly ApplicationChange[] => {
    const [from, to] = [were.get(setting), are.get(setting)];
    return from === to
      ? []
      : [{ kind: 'changed', application, setting, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }];
  });
  return changes.length > 0 ? changes : [{ kind: 'unchanged', application }];
}

/** Every setting by its name as `app set` takes it, with its value in JSON. */
function spread(application: Application): ReadonlyMap<string, string> {
  const { title, state, preset, mapping = {} } = application;
  const own: readonly (readonly [string, Json])[] = [
    ['title', title],
    ['state', state],
    ...(preset === undefined ? [] : [['preset', preset] as const]),
  ];
  const settings = Object.entries(writtenDown(application)).flatMap(([name, value]): readonly (readonly [string, Json])[] =>
    isObject(value) ? Object.entries(value).map(([entry, inner]) => [`${name}.${entry}`, inner] as const) : [[name, value]],
  );
  const mapped = Object.entries(mapping).flatMap(([type, entries]) =>
    entries.map((entry): readonly [string, unknown] => [`mapping.${type}.${entry.target}`, entry]),
  );
  return new Map([...own, ...settings, ...mapped].map(([name, value]) => [name, JSON.stringify(value)]));
}
