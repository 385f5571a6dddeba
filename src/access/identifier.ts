import { type Form, isCheckedText, newCheckedText } from './checked-text.ts';

const FORM: Form = { prefix: 'acct_', bytes: 16, digits: 22 };

/** Makes the identifier of an account: no secret, and yet nothing that could be guessed. */
export const newIdentifier = (randomBytes: (size: number) => Uint8Array): string => newCheckedText(FORM, randomBytes);

export const isWellFormedIdentifier = (presented: string): boolean => isCheckedText(FORM, presented);
