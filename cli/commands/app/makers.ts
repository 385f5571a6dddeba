/** The command that makes a credential of a kind. */
export const MAKERS = {
  token: 'token create',
  'identifier-password': 'account create',
  'oauth-client': 'client create',
  'oauth-federation': 'client federate',
} as const;
