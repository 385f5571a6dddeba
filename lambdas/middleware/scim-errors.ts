import type { MiddlewareObj } from '@middy/core';
import type { ScimContext, ScimEvent, ScimResult } from './exchange.ts';
import { refuse } from './respond.ts';

/** Answers whatever a later step throws; returns nothing, so that the steps before it still see the answer. */
export const scimErrors = (): MiddlewareObj<ScimEvent, ScimResult, Error, ScimContext> => ({
  onError: (request) => {
    request.response = refuse(request.error, request.context.exchange.requestId);
  },
});
