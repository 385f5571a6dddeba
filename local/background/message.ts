/** A message of a queue. */
export type Message = { readonly id: string; readonly body: string; readonly delaySeconds: number };
