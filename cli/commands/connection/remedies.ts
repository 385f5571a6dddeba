const WRONG_URL = 'Compare the URL, upper and lower case included, with the output TenantUrl of the stack or "scim app show".';

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'It is of another tenant, has expired or was revoked: look at "scim token list", or make another. One made just now counts in ten seconds.',
  403: 'The application is switched off or limited, as the text says: "scim app show" has its settings, "scim app ip list" its addresses.',
  404: `Nothing is served under this path. ${WRONG_URL}`,
  429: 'Too many requests at once: ask again in a minute.',
  503: 'Ask again in a minute. If it stays so: docs/how-to/what-happened-to-a-user.md, by the id of the request.',
};

/** What to do about an answer that is not 200. */
export function todoOfStatus(status: number, isScim: boolean): string {
  if (!isScim) return `It is not the endpoint that answers, but API Gateway, a firewall or a proxy before it. ${WRONG_URL}`;
  return BY_STATUS[status] ?? 'Look for the id of the request in the log: docs/how-to/what-happened-to-a-user.md.';
}

const BY_REASON: Readonly<Record<string, string>> = {
  ENOTFOUND: `There is no such host. ${WRONG_URL}`,
  ECONNREFUSED: 'Nothing listens there: start the local server with "npm start", or compare the host of the URL.',
  TIMEOUT: 'It took too long: see whether something on the way holds requests back, and ask again.',
};

/** What to do where no answer came. */
export const todoOfSilence = (reason: string): string =>
  BY_REASON[reason] ??
  (/CERT|SSL|TLS|ALTNAME|ISSUER/.test(reason)
    ? 'The certificate is not one that clients trust for this host: Entra ID would not connect either.'
    : 'See that the stack is deployed, and that nothing on the way from here holds the request back.');
