/** Reads an option that takes a whole number. */
export function wholeNumber(name: string, text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new Error(`${name} must be a whole number below a thousand million, not "${text}"`);
}
