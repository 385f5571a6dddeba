import type { ShownResource } from '../../../src/directory/operator/answers.ts';
import { columns, printable } from '../../table.ts';

/** Says in lines what the directory knows of a resource, and then what its client wrote. */
export function describeResource(shown: ShownResource): readonly string[] {
  const { externalIds, groups, me, resource, profile = {} } = shown;
  const lines: readonly (readonly [string, string])[] = [
    ['id', shown.id],
    ...(shown.name === undefined ? [] : [['name', shown.name] as const]),
    ['state', stateOf(shown)],
    ['created by', shown.createdBy],
    ...changeOf(shown),
    ...Object.entries(externalIds).map(([application, id]) => ['externalId', `${id} (${application})`] as const),
    ...groups.map(({ id, name = '', isIndirect }) => ['group', `${id} ${name}${isIndirect ? ' (indirect)' : ''}`.trimEnd()] as const),
    ...Object.entries(profile).map(
      ([name, value]) => [`profile ${name}`, typeof value === 'string' ? value : JSON.stringify(value)] as const,
    ),
    ...me.map(({ application, credential }) => ['/Me', `of credential ${credential} (${application})`] as const),
  ];
  const { groups: _, ...written } = resource;
  return [...columns(lines), ...JSON.stringify(written, undefined, 2).split('\n').map(printable)];
}

function stateOf({ removed, isDisabled }: ShownResource): string {
  if (removed?.until !== undefined) return `removed ${removed.at} by ${removed.by}, can be restored until ${removed.until}`;
  if (removed) return `kept since ${removed.at}, hidden from clients by ${removed.by}, can be restored`;
  return isDisabled ? 'disabled' : 'there';
}

function changeOf({ lastChange, removed }: ShownResource): readonly (readonly [string, string])[] {
  if (lastChange === undefined) return [];
  const { at, application, requestId, paths } = lastChange;
  const what = paths.length > 0 ? `: ${paths.join(', ')}` : '';
  return [[removed ? 'removed by' : 'last change', `${at} by ${application}, request ${requestId}${what}`]];
}
