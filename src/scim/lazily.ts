/** Makes a value when it is first asked for, and keeps it: what a request does not need, its cold start does not pay for. */
export function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
