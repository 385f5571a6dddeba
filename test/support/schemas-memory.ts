import {
  type BackfillPurpose,
  type Loaded,
  type SchemaStore,
  StaleRead,
  type StoreCall,
  type StoredSchemas,
} from '../../src/directory/ports.ts';
import type { SchemaAdministration } from '../../src/directory/schemas/administer.ts';
import type { JsonObject } from '../../src/scim/json.ts';
import { REGISTRY } from '../../src/scim/schema/resource-types.ts';

/** Schemas in memory; what the table would hold may be looked at and set. */
export class MemorySchemaStore implements SchemaStore {
  stored: StoredSchemas | undefined;
  reads = 0;
  readonly announced: BackfillPurpose[] = [];

  async read(): Promise<StoredSchemas | undefined> {
    this.reads += 1;
    return this.stored;
  }

  async write(schemas: StoredSchemas, _call?: StoreCall, announced?: BackfillPurpose): Promise<void> {
    if (schemas.version !== (this.stored?.version ?? 0) + 1) throw new StaleRead();
    this.stored = schemas;
    if (announced) this.announced.push(announced);
  }
}

/** Attributes of the resources there are, by resource type. */
export type Collections = Readonly<Record<string, readonly JsonObject[]>>;

const CHUNK = 2;
const EPOCH = '2026-01-01T00:00:00.000Z';

/** What the acts on schemas work with, over collections in memory that are handed out two resources at a time. */
export function aSchemaAdministration(
  schemas: SchemaStore = new MemorySchemaStore(),
  collections: Collections = {},
  now: () => number = () => Date.parse(EPOCH),
): SchemaAdministration {
  return {
    schemas,
    builtIn: REGISTRY,
    now,
    directory: {
      count: async (type) => collections[type]?.length ?? 0,
      scan: (type) => chunks(type, collections[type] ?? []),
    },
  };
}

async function* chunks(type: string, collection: readonly JsonObject[]): AsyncGenerator<readonly Loaded[]> {
  for (let at = 0; at < collection.length; at += CHUNK) {
    yield collection.slice(at, at + CHUNK).map((attributes, index) => loaded(type, `id-${at + index + 1}`, attributes));
  }
}

const loaded = (type: string, id: string, attributes: JsonObject): Loaded => ({
  resource: { type, id, version: 1, created: EPOCH, lastModified: EPOCH, createdBy: 'default', externalIds: {}, attributes },
});
