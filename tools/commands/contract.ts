import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { contractFiles, contractNow } from '../contract/contract-files.ts';
import { asPublished, publishedContract, publishedFile } from '../contract/published.ts';
import { CommandError } from '../support/command-error.ts';
import { rootDir } from '../support/paths.ts';

/**
 * `npm run contract`: writes the contract of HTTP and socket, as the schemas say it, to `docs/`. With `-- --publish`, at a release,
 * it becomes what later ones are compared with.
 */
export async function run(args: readonly string[]): Promise<number> {
  const unknown = args.find((arg) => arg !== '--publish');
  if (unknown !== undefined) {
    throw new CommandError(
      'usage',
      `npm run contract knows no ${unknown}.`,
      'It takes --publish, or nothing.',
    );
  }
  const now = contractNow();
  const files: Record<string, string> = { ...contractFiles(now) };
  if (args.includes('--publish')) {
    const before = existsSync(path.join(rootDir, publishedFile)) ? publishedContract() : null;
    files[publishedFile] = asPublished(before, now);
  }
  for (const [file, text] of Object.entries(files)) {
    const target = path.join(rootDir, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
    console.log(`  ${file}`);
  }
  return 0;
}
