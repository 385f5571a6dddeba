import { isObject, type Json, type JsonObject } from '../../src/scim/json.ts';

/** A template as it is synthesised. */
export type Template = JsonObject & { readonly Resources: { readonly [id: string]: JsonObject } };

/** Something that a template says to AWS and that the emulator does not understand, or understands differently. */
export type Adaptation = {
  readonly name: string;
  readonly reason: string;
  readonly adapt: (template: Template) => Template;
};

/** What AWS knows and the emulator's CloudFormation refuses. */
const UNKNOWN_TYPES = new Set([
  'AWS::ApplicationSignals::ServiceLevelObjective',
  'AWS::CloudWatch::CompositeAlarm',
  'AWS::Logs::QueryDefinition',
  'AWS::SecretsManager::ResourcePolicy',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::WAFv2::WebACLAssociation',
]);

export const ADAPTATIONS: readonly Adaptation[] = [
  {
    name: 'unknown resource types are left out',
    reason: `Its CloudFormation knows no ${[...UNKNOWN_TYPES].join(', ')}; nothing of a request depends on them.`,
    adapt: (template) => withResources(template, (_id, resource) => (UNKNOWN_TYPES.has(String(resource['Type'])) ? undefined : resource)),
  },
  {
    name: 'the ARN of a secret is asked for',
    reason: 'Its Ref of a secret is the name, where AWS has the ARN; policies and functions need the ARN.',
    adapt: (template) => {
      const secrets = new Set(idsOf(template, 'AWS::SecretsManager::Secret'));
      return withResources(template, (_id, resource) => mapped(resource, (part) => secretArn(part, secrets)));
    },
  },
  {
    name: 'TLS is not demanded',
    reason: 'It speaks plain HTTP, which policies of queues, topics and buckets refuse.',
    adapt: (template) => withResources(template, (_id, resource) => withoutTlsOnly(resource)),
  },
  {
    name: 'messages may be sent and deleted in batches',
    reason: 'It asks for sqs:SendMessageBatch and sqs:DeleteMessageBatch, where AWS goes by sqs:SendMessage and sqs:DeleteMessage.',
    adapt: (template) => withResources(template, (_id, resource) => mapped(resource, withBatches)),
  },
  {
    name: 'filters of a stream do not ask what is absent',
    reason:
      'It takes an attribute that is absent for one that does not match, where AWS sees that it is absent; the function is asked more often.',
    adapt: (template) =>
      withResources(template, (_id, resource) =>
        resource['Type'] === 'AWS::Lambda::EventSourceMapping' ? mapped(resource, withoutAbsence) : resource,
      ),
  },
  {
    name: 'settings are read for each request',
    reason: 'The walk-throughs change settings again and again, and would wait 30 s for each; SETTINGS_SECONDS is there for that.',
    adapt: (template) =>
      withResources(template, (_id, resource) => (resource['Type'] === 'AWS::Lambda::Function' ? withVariable(resource) : resource)),
  },
];

/** Applies each adaptation, and says which of them changed something. */
export function adaptTemplate(template: Template): { readonly template: Template; readonly applied: readonly string[] } {
  const applied: string[] = [];
  let current = template;
  for (const { name, adapt } of ADAPTATIONS) {
    const next = adapt(current);
    if (JSON.stringify(next) !== JSON.stringify(current)) applied.push(name);
    current = next;
  }
  return { template: current, applied };
}

const idsOf = ({ Resources }: Template, type: string): readonly string[] =>
  Object.entries(Resources).flatMap(([id, resource]) => (resource['Type'] === type ? [id] : []));

function withResources(template: Template, change: (id: string, resource: JsonObject) => JsonObject | undefined): Template {
  const changed = Object.entries(template.Resources).flatMap(([id, resource]) => {
    const next = change(id, resource);
    return next === undefined ? [] : [[id, next] as const];
  });
  return { ...template, Resources: Object.fromEntries(changed) };
}

const secretArn = (part: Json, secrets: ReadonlySet<string>): Json => {
  const reference = isObject(part) ? part['Ref'] : undefined;
  return typeof reference === 'string' && secrets.has(reference) ? { 'Fn::GetAtt': [reference, 'Id'] } : part;
};

/** Rebuilds an object with each part changed, the innermost first. */
function mapped(value: JsonObject, change: (part: Json) => Json): JsonObject {
  const inside = (part: Json): Json => change(Array.isArray(part) ? part.map(inside) : isObject(part) ? mapped(part, change) : part);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, inside(part)]));
}

/** Statements that refuse what comes without TLS; a policy that says nothing else goes. */
function withoutTlsOnly(resource: JsonObject): JsonObject | undefined {
  const properties = objectAt(resource, 'Properties');
  const policy = objectAt(properties, 'PolicyDocument');
  const statements = policy['Statement'];
  if (!Array.isArray(statements)) return resource;
  const Statement = statements.filter((statement) => !JSON.stringify(statement).includes('"aws:SecureTransport":"false"'));
  if (Statement.length === 0) return undefined;
  return { ...resource, Properties: { ...properties, PolicyDocument: { ...policy, Statement } } };
}

const IN_BATCHES = ['sqs:SendMessage', 'sqs:DeleteMessage'];

function withBatches(part: Json): Json {
  const actions = isObject(part) ? part['Action'] : undefined;
  if (!isObject(part) || actions === undefined) return part;
  const all = Array.isArray(actions) ? actions : [actions];
  const more = all.filter((action) => typeof action === 'string' && IN_BATCHES.includes(action)).map((action) => `${action}Batch`);
  return more.length === 0 ? part : { ...part, Action: [...all, ...more] };
}

/** A pattern is JSON in a text: whatever attribute it wants absent is no longer spoken of. */
function withoutAbsence(part: Json): Json {
  const pattern = isObject(part) ? part['Pattern'] : undefined;
  if (!isObject(part) || typeof pattern !== 'string') return part;
  return { ...part, Pattern: pattern.replace(/,?"\w+":\{"\w+":\[\{"exists":false\}\]\}/g, '') };
}

function withVariable(resource: JsonObject): JsonObject {
  const properties = objectAt(resource, 'Properties');
  const environment = objectAt(properties, 'Environment');
  const Variables = { ...objectAt(environment, 'Variables'), SETTINGS_SECONDS: '0' };
  return { ...resource, Properties: { ...properties, Environment: { ...environment, Variables } } };
}

function objectAt(value: JsonObject, key: string): JsonObject {
  const part: Json | undefined = value[key];
  return isObject(part) ? part : {};
}
