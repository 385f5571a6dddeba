/** Something that is no verdict kept a tool or a suite from running; the message says what to do. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
