// Run in a process of its own: imports a bundle, asks it once, tells how long both took.
// JavaScript, because taking types out of a .ts file costs Node a start of its own.
const [, , bundle, event] = process.argv;

const began = performance.now();
const { handler } = await import(bundle);
const loaded = performance.now();
const { statusCode, body } = await handler(JSON.parse(event), {
  awsRequestId: '00000000-0000-4000-8000-000000000000',
  functionName: 'users',
  getRemainingTimeInMillis: () => 28_000,
});
const answered = performance.now();

process.stderr.write(JSON.stringify({ statusCode, body, initMs: loaded - began, firstMs: answered - loaded }));
process.exit();
