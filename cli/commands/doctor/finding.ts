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
