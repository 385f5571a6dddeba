import type { AttributeValue } from '@aws-sdk/client-dynamodb';

type Item = Readonly<Record<string, AttributeValue>>;

/** One item that a command writes or checks. */
export type Target = {
  readonly Key?: Item | undefined;
  readonly Item?: Item | undefined;
  readonly ExpressionAttributeValues?: Item | undefined;
};

type WriteInput = Target & { readonly TransactItems?: readonly Readonly<Record<string, Target | undefined>>[] | undefined };

const WRITES: ReadonlySet<string> = new Set(['TransactWriteItemsCommand', 'UpdateItemCommand', 'PutItemCommand', 'DeleteItemCommand']);

const isWrite = (command: string | undefined, _input: object): _input is WriteInput => WRITES.has(command ?? '');

/** The items a command writes, in their order; undefined for one that only reads. */
export function targetsOf(command: string | undefined, input: object) {
  if (!isWrite(command, input)) return undefined;
  if (!input.TransactItems) return { kind: 'single', targets: [input] } as const;
  const targets = input.TransactItems.map((item) => Object.values(item).find((target) => target !== undefined) ?? {});
  return { kind: 'transaction', targets } as const;
}

export const primaryKeyOf = ({ Key, Item }: Target): { readonly pk: string; readonly sk: string } => {
  const { pk, sk } = Key ?? Item ?? {};
  return { pk: pk?.S ?? '', sk: sk?.S ?? '' };
};
