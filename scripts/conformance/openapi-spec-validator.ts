import { runProgram } from '../python/run-program.ts';
import type { Tool } from './tool.ts';

const TIMEOUT_SECONDS = 120;

/** Holds the OpenAPI document against the specification of OpenAPI 3.1. */
export const openapiSpecValidator: Tool = {
  name: 'openapi-spec-validator',
  run: async ({ program, document, signal }) => {
    const { code, output } = await runProgram(program('openapi-spec-validator'), [document], { timeoutSeconds: TIMEOUT_SECONDS, signal });
    const isValid = code === 0;
    return { passed: isValid ? 1 : 0, failed: isValid ? 0 : 1, summary: '1 document', details: isValid ? [] : output.trim().split('\n') };
  },
};
