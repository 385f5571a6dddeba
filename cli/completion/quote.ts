/** A text as one word of bash or zsh. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** A text as one word of fish. */
export const quoteForFish = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
