import { referencesOf } from '../../src/scim/bulk/operation.ts';
import { type Block, type Dependencies, orderBlocks } from '../../src/scim/bulk/order.ts';
import type { OperationResult } from '../../src/scim/bulk/response.ts';
import { type Bulk, openAttempt } from './bulk-attempt.ts';
import { runCircle } from './bulk-circle.ts';
import { conclude, inTurn } from './bulk-errors.ts';
import { perform } from './bulk-single.ts';

/**
 * Performs the operations one after another, each by itself, until as many have failed as the client puts up with.
 *
 * Returns the results in the order of the request; what was not attempted has none (RFC 7644 §3.7.3).
 */
export async function runBulk(bulk: Bulk, failOnErrors: number): Promise<readonly OperationResult[]> {
  const dependencies = dependenciesIn(bulk);
  const results = new Map<number, OperationResult>();
  let errors = 0;
  for (const block of orderBlocks(dependencies)) {
    if (errors >= failOnErrors) break;
    const ofBlock = await runBlock(bulk, block, dependencies);
    for (const [at, result] of ofBlock.entries()) results.set(block[at] ?? at, result);
    errors += ofBlock.filter(({ refused }) => refused !== undefined).length;
  }
  return bulk.operations.flatMap((_, index) => results.get(index) ?? []);
}

function dependenciesIn({ operations, creators }: Bulk): Dependencies {
  return operations.map((operation) => referencesOf(operation).flatMap((bulkId) => creators.get(bulkId) ?? []));
}

async function runBlock(bulk: Bulk, block: Block, dependencies: Dependencies): Promise<readonly OperationResult[]> {
  const [index = 0, ...others] = block;
  const isCircle = others.length > 0 || dependencies[index]?.includes(index) === true;
  if (isCircle) return runCircle(bulk, block, dependencies);
  const attempt = openAttempt(bulk, index);
  return [conclude(bulk, attempt, await inTurn([attempt], (each) => perform(bulk, each)))];
}
