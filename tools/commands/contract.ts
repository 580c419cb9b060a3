import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { contractFiles } from '../contract/contract-files.ts';
import { rootDir } from '../support/paths.ts';

/** `npm run contract`: writes the contract of HTTP and socket, as the schemas say it, to `docs/`. */
export async function run(): Promise<number> {
  for (const [file, text] of Object.entries(contractFiles())) {
    const target = path.join(rootDir, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
    console.log(`  ${file}`);
  }
  return 0;
}
