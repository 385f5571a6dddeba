import { runLocalCommand } from '../../test/support/local-command.ts';

/** Makes a token of scope `events` for the local server that keeps its data here. */
export async function eventsToken(dataFolder: string): Promise<string> {
  const { status, out, err } = await runLocalCommand(dataFolder, 'token create --scope events');
  const token = out[0];
  if (status !== 0 || token === undefined) throw new Error(`No token was made: ${err.join('\n')}`);
  return token;
}
