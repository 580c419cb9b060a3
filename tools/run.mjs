// The one way in for every command: says plainly when Node is too old, then runs `tools/commands/<name>.ts`.
// Plain JavaScript on purpose: an older Node must be able to read this far.
const neededMajor = 24;
const [major] = process.versions.node.split('.').map(Number);
const [, , name, ...rest] = process.argv;

if (major < neededMajor) {
  console.error(
    `Vitrine needs Node ${neededMajor}; this is Node ${process.versions.node}. ` +
      'Run it through npm (npm ci && npm start), which brings the right one along on Linux, or install Node 24.',
  );
  process.exit(1);
}
if (!/^[a-z-]+$/.test(name ?? '')) {
  console.error('Usage: node tools/run.mjs <command>: start, dev, build, test, bench, check, oms, picture.');
  process.exit(2);
}
const { run } = await import(new URL(`./commands/${name}.ts`, import.meta.url));
try {
  process.exitCode = (await run(rest)) ?? process.exitCode ?? 0;
} catch (fault) {
  const known = typeof fault?.code === 'string' && typeof fault?.advice === 'string';
  console.error(known ? `${fault.message} ${fault.advice}`.trim() : fault);
  process.exitCode = 1;
}
