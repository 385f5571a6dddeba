import type { JsonObject } from '../json.ts';
import { errorBody, type Refused } from '../messages.ts';
import { URN } from '../urn.ts';

/** What came of one operation. */
export type OperationResult = {
  readonly method?: string;
  readonly bulkId?: string;
  readonly status: number;
  /** Of the resource as the operation left it. */
  readonly version?: string;
  /** Absent where there is no resource: a POST that failed, a path that leads nowhere. */
  readonly location?: string;
  /** Why it failed, where it did. */
  readonly refused?: Refused;
};

/** RFC 7644 §3.7; an operation that succeeded shows nothing of its resource. */
export const bulkResponse = (results: readonly OperationResult[], requestId: string): JsonObject => ({
  schemas: [URN.bulkResponse],
  Operations: results.map(({ status, refused, ...others }) => ({
    ...others,
    status: String(status),
    ...(refused !== undefined && { response: errorBody(refused, requestId) }),
  })),
});
