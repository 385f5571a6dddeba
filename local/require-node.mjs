// Plain JavaScript without imports, so that any Node can run it and say what is wrong.
const NEEDED_MAJOR = 24;

if (Number.parseInt(process.versions.node, 10) < NEEDED_MAJOR) {
  process.stderr.write(
    `This needs Node ${NEEDED_MAJOR}; ${process.execPath} is ${process.versions.node}.\n` +
      'Run `npm ci`, then go through npm (`npm start`, `npm test`, `npx cdk`): it puts the Node that comes with the project first on PATH.\n' +
      'If that is what you did, npm was told not to run install scripts, and Node was never unpacked:\n' +
      'run `npm rebuild node --ignore-scripts=false` once.\n',
  );
  process.exit(1);
}
