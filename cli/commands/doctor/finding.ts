import { columns } from '../../table.ts';

/** What one look has found; `note` is worth knowing, `wrong` keeps clients from working or soon will. */
export type Finding = {
  readonly check: string;
  readonly verdict: 'good' | 'note' | 'wrong';
  readonly says: string;
  /** What to do about it. */
  readonly todo?: string;
};

export const good = (check: string, says: string): Finding => ({ check, verdict: 'good', says });
export const note = (check: string, says: string, todo?: string): Finding => ({ check, verdict: 'note', says, ...(todo && { todo }) });
export const wrong = (check: string, says: string, todo: string): Finding => ({ check, verdict: 'wrong', says, todo });

const MARKS = { good: 'ok', note: 'note', wrong: 'WRONG' } as const;

/** For a person to read: each finding on a line, and what to do about it under it. */
export const describeFindings = (findings: readonly Finding[]): readonly string[] =>
  columns(
    findings.flatMap(({ check, verdict, says, todo }) => [
      [MARKS[verdict], check, says],
      ...(todo === undefined ? [] : [['', '', `→ ${todo}`]]),
    ]),
  );
