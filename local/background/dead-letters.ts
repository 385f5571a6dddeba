import type { BackgroundFile } from './background-file.ts';
import { type Message, md5 } from './message.ts';

export const DEAD_LETTERS = 'dead-letters';

const HIDDEN_SECONDS = 30;

/** What was put aside: each message is there until it is deleted; one that was received is hidden for a while. */
export type DeadLetters = {
  readonly add: (message: Message) => void;
  readonly receive: (most: number, hiddenSeconds?: number) => readonly object[];
  /** Shows a message again after so many seconds. */
  readonly hide: (id: string, seconds: number) => void;
  readonly delete: (id: string) => void;
  readonly count: () => { readonly visible: number; readonly hidden: number };
};

export function openDeadLetters(file: BackgroundFile, now: () => number = Date.now): DeadLetters {
  const hiddenUntil = new Map<string, number>();
  const isVisible = ({ id }: Message): boolean => (hiddenUntil.get(id) ?? 0) <= now();
  const hide = (id: string, seconds: number): void => void hiddenUntil.set(id, now() + seconds * 1_000);
  return {
    add: (message) => file.keep(DEAD_LETTERS, { ...message, delaySeconds: 0 }),
    receive: (most, hiddenSeconds = HIDDEN_SECONDS) => {
      const found = file.messagesIn(DEAD_LETTERS).filter(isVisible).slice(0, most);
      for (const { id } of found) hide(id, hiddenSeconds);
      return found.map(({ id, body }) => ({ MessageId: id, ReceiptHandle: id, Body: body, MD5OfBody: md5(body) }));
    },
    hide,
    delete: (id) => {
      hiddenUntil.delete(id);
      file.drop(id);
    },
    count: () => {
      const all = file.messagesIn(DEAD_LETTERS);
      const visible = all.filter(isVisible).length;
      return { visible, hidden: all.length - visible };
    },
  };
}
