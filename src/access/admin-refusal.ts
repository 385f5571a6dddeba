/** Why an administrative act did not happen, in words for the operator that say what would be right. No secret goes into it. */
export class AdminRefusal extends Error {
  override readonly name = 'AdminRefusal';
}
