/** The exit status of a fault of the program itself, which no other way of ending has. */
export const FAULT_STATUS = 3;

/** Tells of an error that nobody foresaw; where it came from is for whoever mends it. */
export function describeFault(error: unknown, withTrace: boolean): string {
  if (withTrace && error instanceof Error) return error.stack ?? error.message;
  const words = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return `scim itself has a fault (${words}). Whether the act took effect is not known. SCIM_TRACE=1 shows where it came from.`;
}
