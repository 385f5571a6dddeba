type Values = Readonly<Record<string, unknown>>;

/** The values of a SCIM path as text, whatever the case of its names; an attribute of an extension may go without its URN. */
export function columnText(resource: Values, path: string): string {
  return valuesAt(resource, path)
    .map((value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)))
    .join('; ');
}

function valuesAt(resource: Values, path: string): readonly unknown[] {
  const urn = Object.keys(resource).find((key) => key.includes(':') && path.toLowerCase().startsWith(`${key.toLowerCase()}:`));
  if (urn !== undefined) return stepsInto([resource[urn]], path.slice(urn.length + 1).split('.'));
  const name = path.slice(path.lastIndexOf(':') + 1);
  const direct = stepsInto([resource], name.split('.'));
  if (direct.length > 0) return direct;
  const extensions = Object.entries(resource).filter(([key]) => key.includes(':'));
  return extensions.flatMap(([, values]) => stepsInto([values], name.split('.')));
}

const stepsInto = (values: readonly unknown[], names: readonly string[]): readonly unknown[] =>
  names.reduce<readonly unknown[]>((found, name) => found.flatMap((value) => stepInto(value, name)), values);

function stepInto(value: unknown, name: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  const entry = Object.entries(value).find(([key]) => key.toLowerCase() === name.toLowerCase());
  return entry === undefined ? [] : [entry[1]].flat();
}
