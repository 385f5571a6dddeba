/**
 * Finds which entries stand behind what was presented.
 *
 * Each candidate is compared, in constant time, even after a match, so that the answer's timing tells neither which
 * one matched nor how many there are.
 */
type Claim<Entry> = (candidates: readonly Entry[]) => Promise<readonly Entry[]>;

/**
 * How credentials of one kind are presented as a bearer token (RFC 6750 §2.1): undefined for what is not formed like
 * one of them, which is then refused without asking the vault.
 */
export type Recognise<Entry> = (presented: string) => Claim<Entry> | undefined;
