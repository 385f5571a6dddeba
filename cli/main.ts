import { runCommandLine } from './program.ts';
import { processTerminal } from './terminal.ts';

// Whoever reads along may have seen enough: `scim export | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal());
