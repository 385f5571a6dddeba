const BLOCK = /(<!-- scim cost -->\n```text\n)[\s\S]*?(\n```\n)/;

/** The page on what it costs, with these lines as what `scim cost` prints. */
export const withCosts = (page: string, lines: readonly string[]): string =>
  page.replace(BLOCK, (_whole, opening: string, closing: string) => `${opening}${lines.join('\n')}${closing}`);
