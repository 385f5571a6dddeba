import { hashOf } from './digest.ts';
import { isPassword, type PasswordHash } from './password-hash.ts';

/** So many verdicts of a kind are remembered; wrong ones cannot push out right ones. */
const MAX_REMEMBERED = 100;

export type JudgePassword = typeof isPassword;

/**
 * Remembers how passwords were judged, so that the slow hash is paid once per process for each that is presented, and
 * not again by whoever sends the same wrong one over and over.
 *
 * A verdict is filed under a digest of the password and of what it was judged by, so that a changed password begins anew.
 */
export function passwordJudge(judge: JudgePassword = isPassword): JudgePassword {
  const [accepted, refused, pending] = [new Set<string>(), new Set<string>(), new Map<string, Promise<boolean>>()];

  const judgeAnew = async (filed: string, password: string, hash: PasswordHash): Promise<boolean> => {
    try {
      const isRight = await judge(password, hash);
      remember(filed, isRight ? accepted : refused);
      return isRight;
    } finally {
      pending.delete(filed);
    }
  };

  return async (password, hash) => {
    const filed = hashOf(JSON.stringify([password, hash]));
    if (accepted.has(filed)) return true;
    if (refused.has(filed)) return false;
    const judging = pending.get(filed) ?? judgeAnew(filed, password, hash);
    pending.set(filed, judging);
    return judging;
  };
}

/** The oldest makes room. */
function remember(filed: string, verdicts: Set<string>): void {
  const [oldest] = verdicts;
  if (oldest !== undefined && verdicts.size >= MAX_REMEMBERED) verdicts.delete(oldest);
  verdicts.add(filed);
}
