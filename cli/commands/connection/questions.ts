/** One of the requests that the button sends. */
export type Question = { readonly check: 'users' | 'groups'; readonly url: URL };

/**
 * A user and a group that cannot exist, by random names: what Entra ID asks for when Test Connection is chosen. A flag
 * pasted behind the Tenant URL goes along with each.
 */
export const questionsOf = (tenantUrl: URL, matching: string, newId: () => string): readonly Question[] => [
  { check: 'users', url: below(tenantUrl, '/Users', { filter: `${matching} eq "${newId()}"` }) },
  { check: 'groups', url: below(tenantUrl, '/Groups', { excludedAttributes: 'members', filter: `displayName eq "${newId()}"` }) },
];

/** Where a client exchanges its secret for an access token, unless it is told another place. */
export const tokenEndpointBelow = (tenantUrl: URL): URL => {
  const url = below(tenantUrl, '/oauth2/token', {});
  url.search = '';
  return url;
};

function below(tenantUrl: URL, path: string, query: Readonly<Record<string, string>>): URL {
  const url = new URL(tenantUrl);
  url.pathname = `${tenantUrl.pathname.replace(/\/+$/, '')}${path}`;
  url.search = [tenantUrl.search.slice(1), `${new URLSearchParams(query)}`].filter(Boolean).join('&');
  return url;
}
