/** What a request costs the table. */
export type Units = { readonly writeUnits: number; readonly readUnits: number };

/** As `npm run bench:capacity` measures them, at any size of the directory; a test holds these to it. */
export const OPERATIONS = {
  'userName eq, hit': { writeUnits: 0, readUnits: 4 },
  'userName eq, miss': { writeUnits: 0, readUnits: 1 },
  'user by id': { writeUnits: 0, readUnits: 3 },
  'create user': { writeUnits: 12, readUnits: 0 },
  'change user': { writeUnits: 1, readUnits: 3 },
  'delete user': { writeUnits: 16, readUnits: 1 },
  'group without members': { writeUnits: 0, readUnits: 1 },
  'add one member': { writeUnits: 8, readUnits: 3 },
  'remove one member': { writeUnits: 6, readUnits: 3 },
} as const satisfies Readonly<Record<string, Units>>;

export type OperationName = keyof typeof OPERATIONS;
