import { describe, expect, it } from '@jest/globals';
import { defaultApplication } from '../../src/access/application.ts';
import { openApplicationRepository } from '../../src/dynamodb/applications.ts';
import { openTestTable } from '../support/dynamodb-client.ts';
import { injectFaults, lostAnswer } from '../support/dynamodb-faults.ts';
import { aCall } from '../support/store-call.ts';

const application = defaultApplication('2026-01-01T00:00:00.000Z');

describe('ApplicationRepository on DynamoDB', () => {
  it('gives back what was stored, with one read unit', async () => {
    const applications = openApplicationRepository(await openTestTable());
    await applications.create(application, aCall());
    const call = aCall();

    expect(await applications.find('default', call)).toEqual(application);
    expect(call.usage).toMatchObject({ calls: 1, readUnits: 1 });
    expect(await applications.find('other#default', aCall())).toBeUndefined();
  });

  it('says whether an application was new, and keeps the first', async () => {
    const applications = openApplicationRepository(await openTestTable());

    expect(await applications.create(application, aCall())).toBe(true);
    expect(await applications.create({ ...application, title: 'Another' }, aCall())).toBe(false);
    expect(await applications.find('default', aCall())).toEqual(application);
  });

  it('knows its own work when the answer was lost', async () => {
    const opened = await openTestTable();
    const applications = openApplicationRepository(opened);
    injectFaults(opened.client, (command, earlier) => (command === 'PutItemCommand' && earlier === 0 ? lostAnswer() : undefined));

    expect(await applications.create(application, aCall())).toBe(true);
  });
});

describe('changes of applications on DynamoDB', () => {
  const mapping = { User: [{ target: 'login', path: 'userName' }] };
  const another = { ...application, key: 'hr', title: 'HR', state: 'disabled', preset: 'entra', mapping } as const;

  it('put and remove several in one transaction', async () => {
    const applications = openApplicationRepository(await openTestTable());
    await applications.change(() => ({ put: [application, another] }), aCall());
    await applications.change(() => ({ put: [{ ...another, title: 'People' }], remove: ['default'] }), aCall());

    expect(await applications.list(aCall())).toEqual([{ ...another, title: 'People' }]);
    expect(await applications.find('hr', aCall())).toEqual({ ...another, title: 'People' });
  });

  it('lose nothing when twenty are made at the same time', async () => {
    const applications = openApplicationRepository(await openTestTable());
    const keys = Array.from({ length: 20 }, (_, index) => `a${index}`);
    const rename = (title: string) =>
      applications.change((all) => {
        const [first = application] = all.filter(({ key }) => key === 'default');
        return { put: [{ ...first, title: `${first.title}${title}` }] };
      }, aCall());
    await Promise.all([
      ...keys.map((key) => applications.change(() => ({ put: [{ ...application, key }] }), aCall())),
      ...keys.map(() => rename('+')),
    ]);

    const all = await applications.list(aCall());
    expect(all).toHaveLength(21);
    expect(all.find(({ key }) => key === 'default')?.title).toBe(`Default${'+'.repeat(20)}`);
  });

  it('change nothing when the decision refuses', async () => {
    const applications = openApplicationRepository(await openTestTable());
    const refused = applications.change(() => {
      throw new TypeError('no');
    }, aCall());

    await expect(refused).rejects.toThrow('no');
    expect(await applications.list(aCall())).toEqual([]);
  });
});
