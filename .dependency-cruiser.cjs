const ZOD = '^node_modules/zod/';

/** A folder may import itself and what `allowed` lists; Node's own modules are judged by other rules. */
const layer = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed, dependencyTypesNot: ['core'] },
});

/** Nothing that `from` matches may import what `to` matches. */
const never = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    layer('scim-is-pure', 'The protocol core knows RFC 7643/7644 and zod. Pass anything else in as an argument.', '^src/scim/', [
      '^src/scim/',
      ZOD,
    ]),
    never(
      'scim-does-no-io',
      'The protocol core reads no clock, disk, socket or environment. Move the read to its caller.',
      { path: '^src/scim/' },
      { dependencyTypes: ['core'] },
    ),
    layer(
      'policies-stand-apart',
      'access and audit do not see each other; let directory or a handler combine them.',
      '^src/(access|audit)/',
      ['^src/$1/', '^src/scim/', ZOD],
    ),
    layer('use-cases-see-ports', 'A use case names a port. Declare what it needs in src/directory/ports.ts.', '^src/directory/', [
      '^src/(directory|scim|access|audit)/',
      ZOD,
    ]),
    layer('adapters-see-ports', 'An adapter implements a port; it calls no use case or handler.', '^src/(dynamodb|aws)/', [
      '^src/$1/',
      '^src/(scim|access|audit)/',
      '^src/directory/(ports|resource|feed/(change-event|shown|state)|(backfill|brake|feed|operator|transfer)/ports)\\.ts$',
      '^node_modules/(@aws-sdk|@smithy|zod|p-map)/',
    ]),
    layer('federation-sees-ports', 'This adapter checks assertions, for the port in src/access/oauth.', '^src/federation/', [
      '^src/(federation|access)/',
      '^node_modules/(aws-jwt-verify|zod)/',
    ]),
    never(
      'aws-sdk-in-adapters-only',
      'Only adapters and the runtime that builds their clients talk to AWS.',
      { pathNot: '^(src/(dynamodb|aws|runtime)|local|test|bench|scripts/e2e)/' },
      { path: '^node_modules/@aws-sdk/' },
    ),
    never(
      'middy-in-lambdas-only',
      'Keep the logic callable without middy; the middleware is a skin over it.',
      { pathNot: '^(lambdas|test)/' },
      { path: '^node_modules/@middy/' },
    ),
    never(
      'handlers-are-islands',
      'Handlers share code through src/ or lambdas/middleware, so that each bundle stays small.',
      { path: '^lambdas/([^/]+)/' },
      { path: '^lambdas/', pathNot: ['^lambdas/$1/', '^lambdas/middleware/'] },
    ),
    never(
      'handlers-meet-adapters-in-runtime',
      'Ask src/runtime for ready services; only it chooses adapters.',
      { path: '^(lambdas|cli)/' },
      { path: '^src/(dynamodb|aws)/' },
    ),
    never(
      'cdk-in-lib-only',
      'Run-time code never pulls in the CDK.',
      { pathNot: '^(bin|lib|test/infra)/' },
      { path: '^node_modules/(aws-cdk-lib|constructs|cdk-nag)/' },
    ),
    never(
      'stacks-lend-tenant-files-only',
      'What a tenant file holds, and what the saved queries are, is known in one place; nothing else of the stacks, nor the CDK, is loaded.',
      { path: '^(cli|local|src|lambdas)/' },
      { path: '^lib/', pathNot: '^lib/(tenant(-presets)?|saved-queries)\\.ts$' },
    ),
    never(
      'tenant-files-stand-alone',
      'The CLI and the local server load these: keep the CDK and the stacks out of them.',
      { path: '^lib/(tenant|tenant-presets|saved-queries|settings-file|domain|hardening|tags|closest)\\.ts$' },
      { pathNot: ['^lib/(settings-file|domain|hardening|tags|closest)\\.ts$', ZOD] },
    ),
    never(
      'stacks-name-handlers-by-path',
      'Importing a handler would run it at synth. Only the route table, the environment contract and the names of metrics are shared.',
      { path: '^(bin|lib)/' },
      { path: '^(lambdas|local|cli|src)/', pathNot: '^src/runtime/(routes|environment|metric-names)\\.ts$' },
    ),
    never(
      'nothing-imports-tests',
      'Move shared code to src/; test helpers stay in test/. The suites that are no jest suites share them.',
      { pathNot: '^(test|bench|scripts/(e2e|smoke))/' },
      { path: '^(test|bench)/' },
    ),
    never(
      'nothing-imports-entry-points',
      'Entry points are run, not imported; only the local server hosts handlers.',
      { pathNot: '^(test|local|bench)/' },
      { path: '^(bin/|cli/main\\.ts|local/main\\.ts|lambdas/[^/]+/handler\\.ts)' },
    ),
    layer('examples-stand-alone', 'Developers copy an example: give it all it needs.', '^examples/([^/]+)/', ['^examples/$1/']),
    never('no-circular', 'Split the module, or pass one side in as an argument.', {}, { circular: true }),
    never(
      'no-dev-dependency-at-run-time',
      'Move it to dependencies.',
      { path: '^(src|lambdas)/' },
      { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: '^node_modules/@types/' },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
