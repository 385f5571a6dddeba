import { describeFault, FAULT_STATUS } from './fault.ts';
import { runCommandLine } from './program.ts';
import { processTerminal, wantsTrace } from './terminal.ts';

// Whoever reads along may have seen enough: `scim export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

const terminal = processTerminal();
process.exitCode = await runCommandLine(process.argv.slice(2), terminal).catch((error: unknown) => {
  terminal.say(describeFault(error, wantsTrace()));
  return FAULT_STATUS;
});
