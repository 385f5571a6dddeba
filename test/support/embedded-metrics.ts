import * as z from 'zod';
import { type Datapoint, dimensionsOf } from './datapoint.ts';

const UNIT = /^(Seconds|Microseconds|Milliseconds|((Kilo|Mega|Giga|Tera)?(Bytes|bits|Bits)(\/Second)?)|Percent|Count(\/Second)?|None)$/;

/** What CloudWatch publishes of its embedded metric format: a document that breaks it makes no metric, and nobody is told. */
const descriptionSchema = z.strictObject({
  Timestamp: z.int().min(0),
  CloudWatchMetrics: z.array(
    z.strictObject({
      Namespace: z.string().min(1).max(1024),
      Dimensions: z.array(z.array(z.string().min(1).max(250)).max(30)).min(1),
      Metrics: z
        .array(
          z.strictObject({
            Name: z.string().min(1).max(1024),
            Unit: z.optional(z.string().regex(UNIT)),
            StorageResolution: z.optional(z.literal([1, 60])),
          }),
        )
        .min(1)
        .max(100),
    }),
  ),
});

const documentSchema = z.looseObject({ _aws: z.optional(descriptionSchema) });
const targetSchema = z.union([z.number(), z.array(z.number()).max(100)]);
const dimensionSchema = z.string().min(1).max(1024);

/**
 * Reads one line of a function's log as CloudWatch does.
 *
 * @throws {z.ZodError} where CloudWatch would pass over it
 */
export function readEmbeddedMetrics(text: string): readonly Datapoint[] {
  const { _aws: description, ...members } = documentSchema.parse(JSON.parse(text));
  return (description?.CloudWatchMetrics ?? []).flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = dimensionsOf(Object.fromEntries(names.map((name) => [name, dimensionSchema.parse(members[name])])));
      return Metrics.flatMap(({ Name }) =>
        [targetSchema.parse(members[Name])]
          .flat()
          .map((value) => ({ namespace: Namespace, metric: Name, dimensions, atMs: description?.Timestamp ?? 0, value })),
      );
    }),
  );
}
