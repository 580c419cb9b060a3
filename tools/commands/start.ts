import { readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { buildAll } from '../build/build-all.ts';
import { findModels, type ModelSearch } from '../models/find-models.ts';
import { modelSpecs } from '../models/model-specs.ts';
import { progressLine } from '../start/progress-line.ts';
import { resetData } from '../start/reset-data.ts';
import { runServer } from '../start/run-server.ts';
import { readStartOptions, startUsage } from '../start/start-options.ts';
import { localCertificate } from '../start/local-authority.ts';
import { rootDir, shortPath } from '../support/paths.ts';

/** `npm start`: finds the models, builds what is stale, keeps or makes the database, serves, and prints the addresses. */
export async function run(args: readonly string[]): Promise<number> {
  const options = readStartOptions(args, process.env, rootDir);
  if (options.help) {
    console.log(startUsage);
    return 0;
  }
  if (options.reset) {
    await resetData(options.dataDir);
    console.log(`Began anew: ${shortPath(options.dataDir)} was emptied.`);
  }
  const models = await findModels({
    specs: modelSpecs,
    env: process.env,
    rootDir,
    fetch,
    onProgress: progressLine(process.stdout),
  });
  reportModels(models);
  await buildAll({ log: console.log, withPackage: false });

  const lanAddresses = options.lan ? ownAddresses() : [];
  const host = lanAddresses[0] ?? 'localhost';
  const tls = options.lan
    ? await localCertificate(
        path.join(options.dataDir, 'tls'),
        ['localhost', '127.0.0.1', os.hostname(), ...lanAddresses],
        Date.now(),
      )
    : undefined;
  const { version } = JSON.parse(await readFile(path.join(rootDir, 'package.json'), 'utf8')) as {
    version: string;
  };
  const publicUrl = options.publicUrl ?? `${tls ? 'https' : 'http'}://${host}:${options.port}`;
  return runServer({ options, models: models.found, tls, publicUrl, version });
}

function reportModels({ found, notes }: ModelSearch): void {
  for (const note of notes) console.log(`Tracking models: ${note}`);
  const face = found.find(({ spec }) => spec.id === 'face');
  console.log(
    face
      ? `Tracking models: ${found.map(({ spec }) => spec.id).join(', ')} (face from ${face.from}).`
      : 'No face model: the mirror shows the pieces in 3D instead of on the face. See the line above for what to do.',
  );
}

/** This machine's own addresses on its networks, IPv4. */
function ownAddresses(): string[] {
  return Object.values(os.networkInterfaces())
    .flatMap((interfaces) => interfaces ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}
