import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StoredResource } from '../../src/directory/resource.ts';
import { printEnd, printHeader, printMembers, printResource } from '../../src/directory/transfer/lines.ts';
import { uuidV7 } from '../../src/runtime/uuid-v7.ts';
import { runLocalCommand } from '../../test/support/local-command.ts';
import type { Subject } from './operation.ts';
import type { Operator } from './writer.ts';

const IMPORTED_USERS = 3;

/** Does by the commands what operators do; a command that finds the server gone has not been done, or half. */
export const openOperator = (dataFolder: string, folder: string): Operator => ({
  restore: async ({ endpoint, id }) => {
    const group = endpoint === 'Users' ? 'user' : 'group';
    return (await runLocalCommand(dataFolder, `${group} restore ${id}`)).status === 0;
  },
  import: async (name) => {
    const { users, group } = imported(name);
    const file = join(folder, `${name}.ndjson`);
    // The second file brings one more member to a group that is there.
    for (const count of [IMPORTED_USERS - 1, IMPORTED_USERS]) {
      await writeFile(file, linesOf(users, group, count));
      await runLocalCommand(dataFolder, `import ${file}`);
    }
    return [...users.map(({ id }): Subject => ({ endpoint: 'Users', id })), { endpoint: 'Groups', id: group.id }];
  },
});

function imported(name: string): { readonly users: readonly StoredResource[]; readonly group: StoredResource } {
  const at = new Date().toISOString();
  const about = { version: 1, created: at, lastModified: at, createdBy: 'default', externalIds: {} };
  const users = Array.from({ length: IMPORTED_USERS }, (_, index) => {
    const userName = `${name}-imported-${index}`;
    return { ...about, type: 'User', id: uuidV7(Date.now()), attributes: { userName, title: name, active: index > 0 } };
  });
  const group = { ...about, type: 'Group', id: uuidV7(Date.now()), nameVersion: 1, attributes: { displayName: `${name}-imported` } };
  return { users: users.toSorted((one, other) => (one.id < other.id ? -1 : 1)), group };
}

function linesOf(users: readonly StoredResource[], group: StoredResource, memberships: number): string {
  const members = users.slice(0, memberships).map(({ id }) => ({ value: id, type: 'User' }));
  const lines = [
    printHeader({ schemas: [], types: [], removed: [], onceUnique: [] }),
    ...users.map(printResource),
    printResource(group),
    printMembers(group, undefined, members, true),
    printEnd({ resources: { User: users.length, Group: 1 }, memberships }),
  ];
  return `${lines.join('\n')}\n`;
}
