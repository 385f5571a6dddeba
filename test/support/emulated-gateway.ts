type Way = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

const EXECUTE_API = /^https:\/\/((\w+)\.execute-api\.[\w.-]+)\/([\w-]+)(.*)$/s;

/**
 * Finds where a request really goes. The URL of a tenant that was deployed to an emulator (its origin is in `SCIM_EMULATOR`)
 * names a host of AWS: the emulator takes it under a path of its own, and goes by the Host header for the links of its answers.
 */
export function wayTo(url: string, emulator = process.env['SCIM_EMULATOR']): Way {
  const [, host, api, stage, rest] = (emulator !== undefined && EXECUTE_API.exec(url)) || [];
  if (emulator === undefined || host === undefined) return { url, headers: {} };
  return { url: `${emulator}/restapis/${api}/${stage}/_user_request_${rest}`, headers: { Host: host } };
}
