import { describe, expect, it } from '@jest/globals';
import { openApplicationRepository } from '../../src/dynamodb/applications.ts';
import { openSchemaStore } from '../../src/dynamodb/schemas.ts';
import { settingsReader } from '../../src/dynamodb/settings-reader.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { injectFaults, lostAnswer } from '../support/dynamodb-faults.ts';
import { aCall } from '../support/store-call.ts';

async function open() {
  const table = await openTestTable();
  const settings = { ...table, readSettings: settingsReader(table) };
  const schemas = openSchemaStore(settings);
  await schemas.write({ version: 1, text: 'a' }, aCall());
  return { ...table, schemas, applications: openApplicationRepository(settings) };
}

describe('settingsReader', () => {
  it('reads what one request asks for at once by one call, and tells what is there from what is not', async () => {
    const { schemas, applications } = await open();
    const call = aCall();

    const [stored, application] = await Promise.all([schemas.read(call), applications.find('hr', call)]);

    expect(stored).toEqual({ version: 1, text: 'a' });
    expect(application).toBeUndefined();
    expect(call.usage.calls).toBe(1);
  });

  it('counts for each request its own call', async () => {
    const { schemas, applications } = await open();
    const calls = [aCall(), aCall()] as const;

    await Promise.all([schemas.read(calls[0]), applications.find('hr', calls[1])]);

    expect(calls.map(({ usage }) => usage.calls)).toEqual([1, 1]);
  });

  it('asks again when the answer was lost, and fails all of them at the deadline', async () => {
    const { client, schemas, applications } = await open();
    let isDown = false;
    injectFaults(client, (_, earlier) => (isDown || earlier === 0 ? lostAnswer() : undefined));
    const call = aCall();

    const [stored] = await Promise.all([schemas.read(call), applications.find('hr', call)]);
    const late = aCall({ deadlineMs: 0 });
    isDown = true;
    const refused = await Promise.allSettled([schemas.read(late), applications.find('hr', late)]);

    expect(stored).toEqual({ version: 1, text: 'a' });
    expect(refused.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });
});
