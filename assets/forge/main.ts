import path from 'node:path';
import { forgeAll } from './forge-all.ts';

await forgeAll({
  outDir: path.join(import.meta.dirname, '..', 'collections'),
  log: (line) => {
    console.log(line);
  },
  force: process.argv.includes('--force'),
});
