import { describe, expect, it } from '@jest/globals';
import { bulkResponse } from '../../../../src/scim/bulk/response.ts';
import { ScimError } from '../../../../src/scim/errors.ts';
import { URN } from '../../../../src/scim/urn.ts';

describe('bulkResponse', () => {
  it('shows each status as a text, and a body only for what was refused', () => {
    const results = [
      { method: 'POST', bulkId: 'a', status: 201, location: 'https://host/Users/1', version: 'W/"1"' },
      { method: 'DELETE', status: 404, location: 'https://host/Users/2', refused: new ScimError('notFound', 'No User has this id.') },
    ];

    expect(bulkResponse(results, 'request-1')).toEqual({
      schemas: [URN.bulkResponse],
      Operations: [
        { method: 'POST', bulkId: 'a', status: '201', location: 'https://host/Users/1', version: 'W/"1"' },
        {
          method: 'DELETE',
          status: '404',
          location: 'https://host/Users/2',
          response: { schemas: [URN.error], status: '404', detail: 'No User has this id. (request request-1)' },
        },
      ],
    });
  });
});
