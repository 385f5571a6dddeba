import { rmSync } from 'node:fs';

export default async function tearDown(): Promise<void> {
  const templates = process.env['TEST_TEMPLATES'];
  if (templates) rmSync(templates, { recursive: true, force: true });
  const stop: unknown = Reflect.get(globalThis, 'stopDynamoDb');
  if (typeof stop === 'function') await stop();
}
