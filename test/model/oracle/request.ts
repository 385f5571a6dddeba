/** What a client knows of a user beside the name. */
export type Details = {
  readonly title?: string | undefined;
  readonly email?: string | undefined;
  readonly externalId?: string | undefined;
};

/** How a request names the version it is meant for. */
export type Condition = 'none' | 'right' | 'wrong' | 'any';

/** A change a client asks for; whom it concerns is told by id. */
export type Write =
  | ({ readonly kind: 'createUser'; readonly userName: string } & Details)
  | { readonly kind: 'createGroup'; readonly displayName: string; readonly members: readonly string[] }
  | ({ readonly kind: 'patchUser'; readonly id: string; readonly userName?: string | undefined; readonly condition: Condition } & Details)
  | ({ readonly kind: 'putUser'; readonly id: string; readonly userName: string; readonly condition: Condition } & Details)
  | {
      readonly kind: 'patchGroup';
      readonly id: string;
      readonly add: readonly string[];
      readonly remove: readonly string[];
      readonly displayName?: string | undefined;
      readonly condition: Condition;
    }
  | { readonly kind: 'setMembers'; readonly id: string; readonly members: readonly string[]; readonly condition: Condition }
  | {
      readonly kind: 'putGroup';
      readonly id: string;
      readonly displayName: string;
      readonly members: readonly string[];
      readonly condition: Condition;
    }
  | { readonly kind: 'delete'; readonly type: 'User' | 'Group'; readonly id: string; readonly condition: Condition };
