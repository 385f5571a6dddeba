/** Where a client asks for its access tokens. */
export const tokenEndpointOf = (tenantUrl = '<Tenant URL>'): string => `${tenantUrl}/oauth2/token`;
