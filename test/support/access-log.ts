import { type Datapoint, dimensionsOf } from './datapoint.ts';

/** A metric filter as it is synthesised, as far as ours go. */
export type SynthesisedFilter = {
  readonly FilterPattern: string;
  readonly MetricTransformations: readonly {
    readonly MetricName: string;
    readonly MetricNamespace: string;
    readonly MetricValue: string;
    readonly Unit?: string;
    readonly Dimensions: readonly { readonly Key: string; readonly Value: string }[];
  }[];
};

type Line = Readonly<Record<string, string>>;

/** Counts lines of the access log as CloudWatch would by these filters. */
export const countAccess = (filters: readonly SynthesisedFilter[], lines: readonly Line[], atMs: number): readonly Datapoint[] =>
  filters.flatMap(({ FilterPattern, MetricTransformations }) =>
    lines
      .filter((line) => matches(FilterPattern, line))
      .flatMap((line) =>
        MetricTransformations.map(({ MetricName, MetricNamespace, MetricValue, Dimensions }) => ({
          namespace: MetricNamespace,
          metric: MetricName,
          dimensions: dimensionsOf(Object.fromEntries(Dimensions.map(({ Key, Value }) => [Key, selected(Value, line)]))),
          atMs,
          value: Number(MetricValue),
        })),
      ),
  );

const selected = (selector: string, line: Line): string | undefined => line[selector.replace(/^\$\./, '')];

/** Reads a pattern of the form that ours have: one of several, each of them comparisons of text that all have to hold. */
const matches = (pattern: string, line: Line): boolean =>
  pattern
    .replace(/^\{ | \}$/g, '')
    .split(' || ')
    .some((alternative) => alternative.split(' && ').every((comparison) => holds(comparison, line)));

function holds(comparison: string, line: Line): boolean {
  const [, name = '', operator, value] = /^\(*\$\.(\w+) (!?=) "([^"]*)"\)*$/.exec(comparison) ?? [];
  if (operator === undefined) throw new TypeError(`no comparison of text: ${comparison}`);
  return (line[name] === value) === (operator === '=');
}
