import { randomBytes } from 'node:crypto';
import * as z from 'zod/mini';
import { ServiceRefusal } from './aws-endpoint.ts';
import { CURRENT, holderOf, moveLabel, type Secret, type Secrets, type Versions, withoutDeprecated } from './secrets-versions.ts';

/** One operation: what it answers, and all secrets as they are afterwards, the same object when nothing changed. */
type Performed = { readonly secrets: Secrets; readonly answer: object };
type Perform = (secrets: Secrets, input: unknown, nowMs: number) => Performed;

const operation =
  <Input>(schema: z.ZodMiniType<Input>, perform: (secrets: Secrets, input: Input, nowMs: number) => Performed): Perform =>
  (secrets, input, nowMs) => {
    const parsed = schema.safeParse(input);
    if (!parsed.success) throw new ServiceRefusal('ValidationException', z.prettifyError(parsed.error));
    return perform(secrets, parsed.data, nowMs);
  };

const createSecret = operation(
  z.object({ Name: z.string(), SecretString: z.optional(z.string()), ClientRequestToken: z.optional(z.string()) }),
  (secrets, { Name, SecretString, ClientRequestToken = newVersionId() }, nowMs) => {
    if (Object.hasOwn(secrets, Name)) {
      throw new ServiceRefusal('ResourceExistsException', `The operation failed because the secret ${Name} already exists.`);
    }
    const arn = `arn:aws:secretsmanager:local:000000000000:secret:${Name}-${randomBytes(3).toString('hex')}`;
    const versions: Versions =
      SecretString === undefined ? {} : { [ClientRequestToken]: { value: SecretString, stages: [CURRENT], createdMs: nowMs } };
    return {
      secrets: { ...secrets, [Name]: { arn, createdMs: nowMs, versions } },
      answer: { ARN: arn, Name, ...(SecretString !== undefined && { VersionId: ClientRequestToken }) },
    };
  },
);

const describeSecret = operation(z.object({ SecretId: z.string() }), (secrets, { SecretId }) => {
  const [name, { arn, createdMs, versions }] = find(secrets, SecretId);
  const stages = Object.entries(versions).map(([id, version]) => [id, version.stages] as const);
  return { secrets, answer: { ARN: arn, Name: name, CreatedDate: createdMs / 1000, VersionIdsToStages: Object.fromEntries(stages) } };
});

const getSecretValue = operation(
  z.object({ SecretId: z.string(), VersionId: z.optional(z.string()), VersionStage: z.optional(z.string()) }),
  (secrets, { SecretId, VersionId, VersionStage = CURRENT }) => {
    const [name, { arn, versions }] = find(secrets, SecretId);
    const id = VersionId ?? holderOf(versions, VersionStage);
    const version = id === undefined ? undefined : versions[id];
    if (!version) {
      const sought = VersionId === undefined ? `staging label: ${VersionStage}` : `VersionId: ${VersionId}`;
      throw new ServiceRefusal('ResourceNotFoundException', `Secrets Manager can't find the specified secret value for ${sought}`);
    }
    const { value, stages, createdMs } = version;
    return {
      secrets,
      answer: { ARN: arn, Name: name, VersionId: id, SecretString: value, VersionStages: stages, CreatedDate: createdMs / 1000 },
    };
  },
);

const putSecretValue = operation(
  z.object({
    SecretId: z.string(),
    SecretString: z.string().check(z.maxLength(65_536)),
    ClientRequestToken: z.optional(z.string()),
    VersionStages: z.optional(z.array(z.string())),
  }),
  (secrets, { SecretId, SecretString, ClientRequestToken: id = newVersionId(), VersionStages = [CURRENT] }, nowMs) => {
    const [name, secret] = find(secrets, SecretId);
    const existing = secret.versions[id];
    if (existing && existing.value !== SecretString) {
      throw new ServiceRefusal('ResourceExistsException', `You can't modify the existing version ${id}; you can only create new ones.`);
    }
    const isFirst = Object.keys(secret.versions).length === 0;
    const labels = isFirst ? [...new Set([...VersionStages, CURRENT])] : VersionStages;
    const added: Versions = existing
      ? secret.versions
      : { ...secret.versions, [id]: { value: SecretString, stages: [], createdMs: nowMs } };
    const versions = existing ? added : labels.reduce((moved, label) => moveLabel(moved, label, id), added);
    return {
      secrets: { ...secrets, [name]: { ...secret, versions: withoutDeprecated(versions, nowMs) } },
      answer: { ARN: secret.arn, Name: name, VersionId: id, VersionStages: versions[id]?.stages ?? [] },
    };
  },
);

const updateSecretVersionStage = operation(
  z.object({
    SecretId: z.string(),
    VersionStage: z.string(),
    MoveToVersionId: z.optional(z.string()),
    RemoveFromVersionId: z.optional(z.string()),
  }),
  (secrets, { SecretId, VersionStage, MoveToVersionId, RemoveFromVersionId }, nowMs) => {
    const [name, secret] = find(secrets, SecretId);
    const holder = holderOf(secret.versions, VersionStage);
    if (MoveToVersionId !== undefined && !secret.versions[MoveToVersionId]) {
      throw new ServiceRefusal('ResourceNotFoundException', `Secrets Manager can't find the specified secret version: ${MoveToVersionId}`);
    }
    const isThereAlready = RemoveFromVersionId === undefined && holder === MoveToVersionId;
    if (holder !== RemoveFromVersionId && !isThereAlready) {
      throw new ServiceRefusal(
        'InvalidParameterException',
        `The parameter RemoveFromVersionId can't be ${RemoveFromVersionId ?? 'empty'}. Staging label ${VersionStage} is currently attached to version ${holder ?? 'none'}, so you must explicitly reference that version in RemoveFromVersionId.`,
      );
    }
    const versions = moveLabel(secret.versions, VersionStage, MoveToVersionId);
    return {
      secrets: { ...secrets, [name]: { ...secret, versions: withoutDeprecated(versions, nowMs) } },
      answer: { ARN: secret.arn, Name: name },
    };
  },
);

export const OPERATIONS = {
  CreateSecret: createSecret,
  DescribeSecret: describeSecret,
  GetSecretValue: getSecretValue,
  PutSecretValue: putSecretValue,
  UpdateSecretVersionStage: updateSecretVersionStage,
} as const satisfies Record<string, Perform>;

export const isOperation = (name: string): name is keyof typeof OPERATIONS => Object.hasOwn(OPERATIONS, name);

const newVersionId = (): string => crypto.randomUUID();

/** Finds a secret by its name or its ARN. */
function find(secrets: Secrets, secretId: string): readonly [string, Secret] {
  const found = Object.entries(secrets).find(([name, { arn }]) => name === secretId || arn === secretId);
  if (!found) throw new ServiceRefusal('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
  return found;
}
