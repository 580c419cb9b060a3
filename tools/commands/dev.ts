import { spawn } from 'node:child_process';
import path from 'node:path';
import { createServer } from 'vite';
import { buildAll } from '../build/build-all.ts';
import { readStartOptions } from '../start/start-options.ts';
import { rootDir } from '../support/paths.ts';

/**
 * `npm run dev`: the pages by Vite with hot reload on PORT, the server behind it on the next port, started again whenever
 * its sources change. The embed's script is served from its source.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { port } = readStartOptions(args, process.env, rootDir);
  const serverPort = port + 1;
  await buildAll({ log: console.log, withPackage: false });
  const server = spawn(
    process.execPath,
    [
      '--watch-path=server',
      '--watch-path=protocol',
      '--watch-preserve-output',
      'tools/run.mjs',
      'start',
      ...args,
    ],
    {
      cwd: rootDir,
      stdio: 'inherit',
      env: {
        ...process.env,
        PORT: String(serverPort),
        PUBLIC_URL: process.env['PUBLIC_URL'] ?? `http://localhost:${port}`,
      },
    },
  );
  const target = `http://localhost:${serverPort}`;
  const vite = await createServer({
    configFile: path.join(rootDir, 'vite.config.ts'),
    server: {
      port,
      strictPort: true,
      proxy: {
        '/api': target,
        '/models': target,
        '/collections': target,
        '/realtime': { target, ws: true },
      },
    },
  });
  await vite.listen();
  const stop = () => {
    server.kill();
    void vite.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}
