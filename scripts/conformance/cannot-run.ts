/** Something that is no verdict on the endpoint kept a tool from running; the message says what to do. */
export class CannotRun extends Error {
  override readonly name = 'CannotRun';
}
