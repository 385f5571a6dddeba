import base from './jest.config.js';

const { globalSetup: _start, globalTeardown: _stop, reporters: _reporters, ...jest } = base;

/** Mutation testing of the protocol core. */
export default {
  testRunner: 'jest',
  // Stryker finds the tests a mutant concerns by their imports, which jest follows only under its roots.
  jest: {
    enableFindRelatedTests: false,
    config: {
      ...jest,
      roots: ['<rootDir>/test/support'],
      testMatch: ['**/jest-scim-suite.ts'],
      testEnvironment: './test/support/jest-stop-at-failure.js',
    },
  },
  testRunnerNodeArgs: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  coverageAnalysis: 'perTest',
  mutate: [
    'src/scim/**/*.ts',
    // Tables of data: a test that holds each word of them would be the same table again.
    '!src/scim/schema/{user,group,enterprise-user,resource-types}.ts',
  ],
  ignorePatterns: ['**', '!package.json', '!src/**', '!examples/**', '!test/unit/scim/**', '!test/support/**'],
  concurrency: 2,
  // Modules that jest has loaded are never let go: after a few hundred runs a runner has gigabytes.
  maxTestRunnerReuse: 250,
  reporters: ['clear-text', 'json', 'progress-append-only'],
  thresholds: { high: 95, low: 85, break: 85 },
};
