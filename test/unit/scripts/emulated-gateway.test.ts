import { describe, expect, it } from '@jest/globals';
import { wayTo } from '../../support/emulated-gateway.ts';

const URL = 'https://0a1b2c3d.execute-api.us-east-1.amazonaws.com/INFORSTS_TST/v2/scim/Users?count=1';

describe('wayTo', () => {
  it('leads to the emulator, and keeps the host that the answer’s links go by', () => {
    expect(wayTo(URL, 'http://localhost:4566')).toEqual({
      url: 'http://localhost:4566/restapis/0a1b2c3d/INFORSTS_TST/_user_request_/v2/scim/Users?count=1',
      headers: { Host: '0a1b2c3d.execute-api.us-east-1.amazonaws.com' },
    });
  });

  it.each([
    [URL, undefined],
    ['http://127.0.0.1:4000/acme/scim/v2/Users', 'http://localhost:4566'],
  ])('is the address itself for %s with the emulator %s', (url, emulator) => {
    expect(wayTo(url, emulator)).toEqual({ url, headers: {} });
  });
});
