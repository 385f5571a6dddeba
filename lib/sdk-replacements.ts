import { ENDPOINT_REPLACEMENTS } from './sdk-endpoints.ts';
import type { SdkReplacement } from './sdk-replacement.ts';

/** Parts of the AWS SDK that a handler on Lambda never needs, and what stands in for each. */
export const SDK_REPLACEMENTS: readonly SdkReplacement[] = [
  {
    // Lambda gives credentials in the environment. The chain through profiles, SSO, STS and metadata services is a quarter of the bundle.
    module: '@aws-sdk/credential-provider-node/dist-es/index.js',
    contents: `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  },
  {
    // There is no ~/.aws on Lambda; looking for it takes two reads of files before the first call.
    module: '@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js',
    contents: `export { CONFIG_PREFIX_SEPARATOR } from './constants.js';
export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  {
    // No operation of DynamoDB or Secrets Manager streams events. The import is dynamic, which would also keep esbuild from flattening half of the SDK.
    module: '@smithy/core/dist-es/submodules/event-streams/index.js',
    contents: `throw new TypeError('Event streams are left out of this bundle.');`,
  },
  {
    // DynamoDB names its endpoint by region. Looking for another is for tables of long ago, and brings a cache library along.
    module: '@aws-sdk/middleware-endpoint-discovery/dist-es/index.js',
    contents: `export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: () => undefined,
  configFileSelector: () => undefined,
  default: false,
};
export const resolveEndpointDiscoveryConfig = (config) => config;`,
  },
  {
    // Responses are Node's streams; to ask whether one is a web stream loads those: 2 ms.
    module: '@smithy/core/dist-es/submodules/serde/util-stream/stream-type-check.js',
    contents: `export const isReadableStream = () => false; export const isBlob = () => false;`,
  },
  ...ENDPOINT_REPLACEMENTS,
  // Node has both hashes, a function is told its region, and none of our clients is told to retry adaptively.
  ...[
    ['checksum/sha256/Sha256Js.js', 'Sha256Js'],
    ['checksum/md5/Md5Js.js', 'Md5Js'],
    ['retry/util-retry/DefaultRateLimiter.js', 'DefaultRateLimiter'],
    ['config/config-resolver/regionConfig/getInstanceMetadataRegion.js', 'getInstanceMetadataRegion'],
  ].map(([path, name]) => ({
    module: `@smithy/core/dist-es/submodules/${path}`,
    contents: `export function ${name}() { throw new TypeError('${name} is left out of this bundle.'); }`,
  })),
];
