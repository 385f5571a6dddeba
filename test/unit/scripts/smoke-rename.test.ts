import { describe, expect, it } from '@jest/globals';
import { rename } from '../../../scripts/smoke/rename.ts';
import { type Conversation, conversationSchema } from '../../support/conversation-file.ts';

const asking = (request: object, response: object = { status: 200 }): Conversation =>
  conversationSchema.parse({
    title: 't',
    client: 'c',
    source: 's',
    given: [{ as: 'ada', endpoint: '/Users', resource: { userName: 'Ada@example.com', displayName: 'ada' } }],
    exchanges: [{ request: { method: 'GET', path: '/Users', ...request }, response }],
  });

const requestOf = (conversation: Conversation) => rename(conversation, 'p.').exchanges[0]?.request;

describe('rename', () => {
  it('puts the prefix before what is created, and leaves the names that a conversation has for it', () => {
    expect(rename(asking({}), 'p.').given).toEqual([
      { as: 'ada', endpoint: '/Users', resource: { userName: 'p.Ada@example.com', displayName: 'p.ada' } },
    ]);
  });

  it.each([
    ['userName eq "ADA@EXAMPLE.COM"', 'userName eq "p.ADA@EXAMPLE.COM"'],
    ['userName sw "ad" and title eq "x"', 'userName sw "p.ad" and title eq "x"'],
    ['userName ew ".com"', 'userName ew ".com"'],
    ['userName co "example"', 'userName co "example"'],
    ['emails.value eq "Ada@example.com"', 'emails.value eq "p.Ada@example.com"'],
  ])('seeks %s as %s', (filter, renamed) => {
    expect(requestOf(asking({ query: { filter } }))?.query).toEqual({ filter: renamed });
  });

  it('renames what stands encoded in a path, in a text that is sent, and in what is expected', () => {
    const sent = asking(
      { path: '/Users?filter=userName+eq+%22Ada%40example.com%22', text: '{"userName":"Ada@example.com",' },
      {
        status: 200,
        body: { userName: 'Ada@example.com' },
      },
    );

    expect(rename(sent, 'p.').exchanges[0]).toMatchObject({
      request: { path: '/Users?filter=userName+eq+%22p.Ada%40example.com%22', text: '{"userName":"p.Ada@example.com",' },
      response: { body: { userName: 'p.Ada@example.com' } },
    });
  });

  it('leaves the mark of a deleted user in front', () => {
    const mark = '5b1c2d3e4f5061728394a5b6c7d8e9f0';

    expect(requestOf(asking({ body: { Operations: [{ path: 'userName', value: `${mark}ada@example.com` }] } }))?.body).toEqual({
      Operations: [{ path: 'userName', value: `${mark}p.ada@example.com` }],
    });
  });
});
