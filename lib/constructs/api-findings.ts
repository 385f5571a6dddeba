import type { Acknowledgment } from 'aws-cdk-lib';

const IN_HANDLER =
  'The bearer token is checked by the handler, because a 401 must carry a SCIM body and must come before every other answer.';

/** What cdk-nag finds about the API, and why it is meant to be so. */
export const API_FINDINGS: readonly Acknowledgment[] = [
  { id: 'AwsSolutions-APIG2', reason: 'Validation at the gateway would answer 400 to a request without a token, which is owed a 401.' },
  {
    id: 'AwsSolutions-APIG3',
    reason:
      'The managed rules refuse bodies over 8 KB and requests without User-Agent, which identity providers send; a web ACL that lets them in is a setting of the tenant file.',
  },
  { id: 'AwsSolutions-APIG4', reason: IN_HANDLER },
  { id: 'AwsSolutions-COG4', reason: IN_HANDLER },
  {
    id: 'AwsSolutions-APIG6',
    reason:
      'Execution logs hold query strings, and a filter holds e-mail addresses; the access log and the lines of the handlers take their place.',
  },
];
