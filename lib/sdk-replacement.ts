/** A module of the AWS SDK, and what a bundle has in its place. */
export interface SdkReplacement {
  /** Path below node_modules. */
  readonly module: string;
  readonly contents: string;
}
