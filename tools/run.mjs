// The one way in for every command: says plainly when Node is too old, then runs `tools/commands/<name>.ts`.
// Plain JavaScript on purpose: an older Node must be able to read this far.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const neededMajor = 24;
const [major] = process.versions.node.split('.').map(Number);
const [, , name, ...rest] = process.argv;

if (major < neededMajor) {
  // npm puts the Node that came with the packages first on the PATH; an npm that did not link it still brought it.
  const brought = fileURLToPath(
    new URL(`../node_modules/node-linux-${process.arch}/bin/node`, import.meta.url),
  );
  if (process.platform === 'linux' && existsSync(brought)) {
    const child = spawn(brought, process.argv.slice(1), { stdio: 'inherit' });
    process.on('SIGTERM', () => child.kill('SIGTERM'));
    // A terminal sends Ctrl-C to both: the child closes, and this process waits for it.
    process.on('SIGINT', () => {});
    process.exit(await new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1))));
  }
  console.error(
    `Vitrine needs Node ${neededMajor}; this is Node ${process.versions.node}. ` +
      'Run it through npm (npm ci && npm start), which brings the right one along on Linux, or install Node 24.',
  );
  process.exit(1);
}
if (!/^[a-z-]+$/.test(name ?? '')) {
  console.error(
    'Usage: node tools/run.mjs <command>: start, dev, build, test, test-oms, test-faults, bench, check, check-piece, check-collection, contract, oms, backup, restore, picture, gallery.',
  );
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
