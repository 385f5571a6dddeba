import * as z from 'zod/mini';

export const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';
const DEPRECATED_KEPT_MS = 24 * 60 * 60_000;

/** What one version of a secret holds: its value and the staging labels attached to it. */
const versionSchema = z.object({ value: z.string(), stages: z.readonly(z.array(z.string())), createdMs: z.number() });
const versionsSchema = z.readonly(z.record(z.string(), versionSchema));
const secretSchema = z.readonly(z.object({ arn: z.string(), createdMs: z.number(), versions: versionsSchema }));

/** All secrets, by name. */
export const secretsSchema = z.readonly(z.record(z.string(), secretSchema));

export type Versions = z.output<typeof versionsSchema>;
export type Secret = z.output<typeof secretSchema>;
export type Secrets = z.output<typeof secretsSchema>;

/** The version a label is attached to: one at most. */
export const holderOf = (versions: Versions, label: string): string | undefined =>
  Object.keys(versions).find((id) => versions[id]?.stages.includes(label));

/** Attaches a label to one version and takes it from any other; AWSPREVIOUS follows wherever AWSCURRENT was. */
export function moveLabel(versions: Versions, label: string, to: string | undefined): Versions {
  const from = holderOf(versions, label);
  if (from === to) return versions;
  const moved = Object.fromEntries(
    Object.entries(versions).map(([id, version]) => {
      const others = version.stages.filter((stage) => stage !== label);
      return [id, { ...version, stages: id === to ? [...others, label] : others }];
    }),
  );
  return label === CURRENT && from !== undefined ? moveLabel(moved, PREVIOUS, from) : moved;
}

/** A version without a label is deprecated: it can still be named for a day, and is then cleared away. */
export const withoutDeprecated = (versions: Versions, nowMs: number): Versions =>
  Object.fromEntries(
    Object.entries(versions).filter(([, { stages, createdMs }]) => stages.length > 0 || nowMs - createdMs < DEPRECATED_KEPT_MS),
  );
