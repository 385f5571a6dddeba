import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartRefusal } from './start-refusal.ts';

type Resolve = (request: string) => string;

/** @throws {StartRefusal} when the embedded store has no binary for this platform. */
export function storeBinary(
  platform = `${process.platform}-${process.arch}`,
  resolve: Resolve = createRequire(import.meta.url).resolve,
): string {
  try {
    const folder = dirname(resolve(`@dynoxide/${platform}/package.json`));
    return join(folder, platform.startsWith('win32') ? 'dynoxide.exe' : 'dynoxide');
  } catch (error) {
    throw new StartRefusal(
      `The embedded DynamoDB (@dynoxide) is not installed for ${platform}.\n` +
        'Run any other DynamoDB, for example DynamoDB Local, and name it: DYNAMODB_ENDPOINT=http://127.0.0.1:8000 npm start.',
      { cause: error },
    );
  }
}
