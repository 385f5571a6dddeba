import './local/require-node.mjs';

/** Bare `npx jest` works: .npmrc gives Node the flag that ES modules need, and npm puts this project's Node first on PATH. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  globalSetup: '<rootDir>/test/support/jest-global-setup.ts',
  globalTeardown: '<rootDir>/test/support/jest-global-teardown.ts',
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': ['@swc/jest', { jsc: { parser: { syntax: 'typescript' }, target: 'es2024' }, module: { type: 'es6' } }],
  },
  reporters: ['default', '<rootDir>/test/support/closing-line-reporter.js'],
  testSequencer: '<rootDir>/test/support/jest-longest-first.js',
  maxWorkers: 2,
  // What test files leave behind in memory makes those after them up to ten times as slow, which need much: those of stacks.
  workerIdleMemoryLimit: '384MB',
  // Nothing here waits for a clock, but the machine may be busy.
  testTimeout: 120_000,
};
