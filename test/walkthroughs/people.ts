import type { SentUser } from './entra-id.ts';

/** A user as the attribute mapping of a gallery application without attributes of its own makes it. */
export const aPerson = (name: string, others: object = {}): SentUser => ({
  userName: `${name}@example.com`,
  externalId: `entra-${name}`,
  active: true,
  displayName: `${name} Example`,
  name: { givenName: name, familyName: 'Example' },
  emails: [{ type: 'work', value: `${name}@example.com`, primary: true }],
  ...others,
});
