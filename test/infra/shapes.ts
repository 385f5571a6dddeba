type Shape = Readonly<Record<string, unknown>>;

const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/0c5b0e3a-1f5e-4d11-9a3e-6f0b1f0e7c11';

/** The account's file that every shape below can stand beside. */
export const ACCOUNT: Shape = {
  alarmEmails: ['operations@example.com'],
  domains: [{ name: 'scim.example.com', certificateArn: CERTIFICATE, hostedZoneId: 'Z0123456789ABC' }],
  tags: { owner: 'identity' },
};

/** Tenant files that between them use every setting: all that is judged of a stack is judged of these. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  plain: {},
  dev: { name: 'inforsts-tst', stage: 'INFORSTS_TST', basePath: '/v2/scim', environment: 'dev', logRetentionDays: 30 },
  bare: { name: 'iprova', stage: 'scim', basePath: '', throttling: { requestsPerSecond: 50, burst: 100 } },
  hardened: {
    name: 'hardened',
    domain: { name: 'acme.example.net', certificateArn: CERTIFICATE, hostedZoneId: 'Z0123456789ABC', path: '' },
    allowedIpRanges: ['198.51.100.0/24', '2001:db8::/32'],
    waf: 'own',
    encryptionKey: 'own',
    concurrency: { requests: 20, background: 5, admin: 2 },
    tags: { 'cost-centre': '4711' },
  },
  shared: {
    name: 'shared',
    environment: 'dev',
    domain: { name: 'scim.example.com', path: 'customers/acme' },
    waf: 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/ours/0c5b0e3a-1f5e-4d11-9a3e-6f0b1f0e7c11',
    encryptionKey: 'arn:aws:kms:us-east-1:123456789012:key/0c5b0e3a-1f5e-4d11-9a3e-6f0b1f0e7c11',
  },
};
