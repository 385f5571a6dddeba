import { sendHttp } from './local-http.ts';

/** What the person who sets Entra ID up pastes into its provisioning page. */
export type Pasted = {
  readonly tenantUrl: string;
  readonly tokenEndpoint: string;
  readonly clientId: string;
};

type Proof =
  | { readonly secret: string; readonly place: 'body' | 'header' }
  /** Signed by Entra ID for the workload. */
  | { readonly assertion: string };

/**
 * Does what Entra ID does with OAuth 2.0: asks for an access token, and calls SCIM with it.
 *
 * The forms are those of Microsoft's validator (AzureAD/SCIMReferenceCode), which sends no Accept header, leaves an empty
 * scope out, and adds `baseAddress` where an assertion is the proof.
 */
export function entraClient({ tenantUrl, tokenEndpoint, clientId }: Pasted) {
  const requestToken = async (proof: Proof) => {
    const { headers, form } = requestOf(proof, clientId, tenantUrl);
    const { status, text } = await sendHttp({
      method: 'POST',
      url: tokenEndpoint,
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
      body: new URLSearchParams(form).toString(),
    });
    const body: { readonly access_token?: string; readonly expires_in?: number; readonly error?: string } = JSON.parse(text);
    return { status, ...body };
  };
  const call = (method: string, path: string, accessToken: string | undefined) =>
    sendHttp({ method, url: tenantUrl + path, headers: { Authorization: `Bearer ${accessToken}` } });
  return { requestToken, call };
}

const JWT_BEARER = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

function requestOf(proof: Proof, clientId: string, tenantUrl: string) {
  const grant = { grant_type: 'client_credentials' };
  if ('assertion' in proof) {
    const form = {
      ...grant,
      client_id: clientId,
      client_assertion_type: JWT_BEARER,
      client_assertion: proof.assertion,
      baseAddress: tenantUrl,
    };
    return { headers: {}, form };
  }
  if (proof.place === 'body') return { headers: {}, form: { ...grant, client_id: clientId, client_secret: proof.secret } };
  const pair = [clientId, proof.secret].map(encodeURIComponent).join(':');
  return { headers: { Authorization: `Basic ${Buffer.from(pair).toString('base64')}` }, form: { ...grant, scope: 'scim' } };
}
