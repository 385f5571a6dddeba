/** How the hash begins that stands in the place of an end-user identifier, so that nobody takes it for a name. */
export const HASHED = 'hmac-sha256:';
