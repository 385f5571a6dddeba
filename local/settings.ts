import { StartRefusal } from './start-refusal.ts';

export type Settings = {
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataFolder: string;
  readonly tenant: string;
  /** Where the tenant files are, if not in tenants/ here. */
  readonly tenantsFolder: string | undefined;
  /** Set when the store is not ours to start. */
  readonly storeEndpoint: string | undefined;
  /** Base URL that clients see, where it is not the one we listen on: behind a tunnel. */
  readonly publicUrl: string | undefined;
  /** Says each request on stderr, in one line. */
  readonly sayRequests: boolean;
};

type Variables = Readonly<Record<string, string | undefined>>;

/** @throws {StartRefusal} naming the variable and what it takes. */
export function parseSettings(variables: Variables, isTerminal: boolean): Settings {
  return {
    port: parsePort(variables['PORT'] || '8080'),
    dataFolder: variables['DATA_DIR'] || '.local',
    tenant: variables['TENANT'] || 'example',
    tenantsFolder: variables['TENANTS_DIR'] || undefined,
    storeEndpoint: parseUrl('DYNAMODB_ENDPOINT', variables['DYNAMODB_ENDPOINT']),
    publicUrl: parseUrl('PUBLIC_URL', variables['PUBLIC_URL'])?.replace(/\/+$/, ''),
    sayRequests: variables['LOG'] === undefined ? isTerminal : variables['LOG'] === '1',
  };
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new StartRefusal(`PORT takes a number from 0 to 65535, not "${text}".`);
  return port;
}

function parseUrl(name: string, text: string | undefined): string | undefined {
  if (!text) return undefined;
  const protocol = URL.parse(text)?.protocol;
  if (protocol !== 'http:' && protocol !== 'https:')
    throw new StartRefusal(`${name} takes a URL like http://127.0.0.1:8000, not "${text}".`);
  return text;
}
