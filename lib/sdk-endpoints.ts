import type { SdkReplacement } from './sdk-replacement.ts';

/** Clients of the SDK that handlers use, with the name their service has in its address. */
export const REGIONAL_SERVICES = {
  dynamodb: 'dynamodb',
  'dynamodb-streams': 'streams.dynamodb',
  eventbridge: 'events',
  'secrets-manager': 'secretsmanager',
  sqs: 'sqs',
} as const;

type Client = keyof typeof REGIONAL_SERVICES;

/**
 * A regional service has one address for a region. The rules by which the SDK finds it among accounts, partitions and
 * variants are a twentieth of a bundle.
 */
export const ENDPOINT_REPLACEMENTS: readonly SdkReplacement[] = [
  endpointReplacement('dynamodb'),
  endpointReplacement('dynamodb-streams'),
  endpointReplacement('eventbridge'),
  endpointReplacement('secrets-manager'),
  endpointReplacement('sqs'),
  {
    // Only those rules ask for partitions.
    module: '@aws-sdk/core/dist-es/submodules/client/util-endpoints/lib/aws/partition.js',
    contents: `export const getUserAgentPrefix = () => '';
const leftOut = () => { throw new TypeError('Partitions are left out of this bundle.'); };
export { leftOut as partition, leftOut as setPartitionInfo, leftOut as useDefaultPartitionInfo };`,
  },
];

/** A function that is told to use FIPS or dual-stack addresses must not be given others. */
function endpointReplacement(client: Client): SdkReplacement {
  return {
    module: `@aws-sdk/client-${client}/dist-es/endpoint/endpointResolver.js`,
    contents: `const suffixes = { 'cn-': 'amazonaws.com.cn', 'us-iso-': 'c2s.ic.gov', 'us-isob': 'sc2s.sgov.gov', 'us-isof': 'csp.hci.ic.gov', 'eu-isoe': 'cloud.adc-e.uk', 'eusc-de': 'amazonaws.eu' };
const suffixOf = (region) => Object.entries(suffixes).find(([prefix]) => region.startsWith(prefix))?.[1] ?? 'amazonaws.com';
export const defaultEndpointResolver = ({ Endpoint, Region, UseFIPS, UseDualStack }) => {
  if (UseFIPS || UseDualStack) throw new TypeError('Addresses for FIPS and dual stack are left out of this bundle.');
  return { url: new URL(Endpoint ?? \`https://${REGIONAL_SERVICES[client]}.\${Region}.\${suffixOf(Region)}\`) };
};`,
  };
}
