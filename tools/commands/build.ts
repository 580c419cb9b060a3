import { buildAll } from '../build/build-all.ts';

/** `npm run build`: forges the models, builds every page, the embed and the package. `--force` builds what is fresh too. */
export async function run(args: readonly string[]): Promise<number> {
  await buildAll({ log: console.log, withPackage: true, force: args.includes('--force') });
  return 0;
}
