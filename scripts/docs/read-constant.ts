/**
 * Reads a number off the text of a module: `const NAME = 15 * 60_000;`, or `NAME.key` of `const NAME = { key: 4_096 }`.
 *
 * By its text, because most limits are nobody else's business and so are not exported.
 */
export function readConstant(source: string, path: string): number | undefined {
  const [name = '', key] = path.split('.');
  const assigned = new RegExp(`\\bconst ${name}(?:: \\w+)? = ([^;]+);`).exec(source)?.[1];
  if (assigned === undefined) return undefined;
  return evaluate(key === undefined ? assigned : new RegExp(`\\b${key}: ([^,}]+)`).exec(assigned)?.[1]);
}

/** Works out a product of numbers; nothing else is a limit's value. */
function evaluate(expression: string | undefined): number | undefined {
  const factors = expression
    ?.replace(/ as const$/, '')
    .split('*')
    .map((factor) => factor.trim().replaceAll('_', ''));
  if (factors === undefined || factors.some((factor) => !/^\d+(\.\d+)?$/.test(factor))) return undefined;
  return factors.reduce((product, factor) => product * Number(factor), 1);
}
