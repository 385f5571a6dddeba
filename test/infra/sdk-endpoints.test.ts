import { createRequire } from 'node:module';
import { describe, expect, it } from '@jest/globals';
import { ENDPOINT_REPLACEMENTS, REGIONAL_SERVICES } from '../../lib/sdk-endpoints.ts';

const { resolve } = createRequire(import.meta.url);

type Resolver = (parameters: object) => { readonly url: URL };

const REGIONS = [
  'us-east-1',
  'eu-central-1',
  'ap-southeast-4',
  'mx-central-1',
  'cn-north-1',
  'us-gov-west-1',
  'us-iso-east-1',
  'us-isob-east-1',
  'eusc-de-east-1',
];

/** The resolver of a stand-in, and the SDK's own one. */
async function resolversOf(client: string): Promise<readonly [Resolver, Resolver]> {
  const contents = ENDPOINT_REPLACEMENTS.find(({ module }) => module.includes(`/client-${client}/`))?.contents ?? '';
  const standIn = await import(`data:text/javascript,${encodeURIComponent(contents)}`);
  const own = await import(resolve(`@aws-sdk/client-${client}`).replace('/dist-cjs/index.js', '/dist-es/endpoint/endpointResolver.js'));
  return [standIn.defaultEndpointResolver, own.defaultEndpointResolver];
}

describe.each(Object.keys(REGIONAL_SERVICES))('the address of %s', (client) => {
  it.each(REGIONS)('in %s is the one that the SDK finds by its rules', async (Region) => {
    const [standIn, own] = await resolversOf(client);

    expect(standIn({ Region }).url.href).toBe(own({ Region, UseFIPS: false, UseDualStack: false }).url.href);
  });

  it('is the one that is given, if one is', async () => {
    const [standIn] = await resolversOf(client);

    expect(standIn({ Region: 'us-east-1', Endpoint: 'http://127.0.0.1:4566' }).url.href).toBe('http://127.0.0.1:4566/');
  });

  it.each(['UseFIPS', 'UseDualStack'])('is not guessed with %s', async (variant) => {
    const [standIn] = await resolversOf(client);

    expect(() => standIn({ Region: 'us-east-1', [variant]: true })).toThrow('left out of this bundle');
  });
});
