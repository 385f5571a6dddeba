#!/usr/bin/env node
/**
 * Stands in for the CDK's command: writes down how it was called, and ends as `FAKE_CDK_FAILS` says ("deploy scim-b
 * execute-change-set" fails that). A change set that it executes brings the stack of the fake AWS to this version.
 */
import { appendFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';

const words = process.argv.slice(2);
const method = words[words.indexOf('--method') + 1];
const call = words[0] === 'synth' ? 'synth' : `${words[0]} ${words[1]} ${method}`;
appendFileSync(process.env.FAKE_CDK_CALLS, `${JSON.stringify(words)}\n`);
console.log(`${call} is under way`);
if (process.env.FAKE_CDK_FAILS === call) {
  console.error(`${call} has failed: Resource handler returned message "no"`);
  process.exit(1);
}
if (method === 'execute-change-set') {
  await setTimeout(Number(process.env.FAKE_CDK_MS ?? 0));
  await fetch(`${process.env.AWS_ENDPOINT_URL}/executed/${words[1]}`);
}
