import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { checkPieceFile } from '../../assets/pipeline/check-piece-file.ts';
import { CommandError } from '../support/command-error.ts';

const usage = `Usage:
  npm run check-piece -- FILE.glb …   holds models against what docs/assets.md asks; each FILE.lod1.glb beside one against it`;

/** `npm run check-piece`: checks GLB files as an artist does before they are handed in; fails where one is refused. */
export async function run(files: readonly string[]): Promise<number> {
  if (files.length === 0 || files.some((file) => file.startsWith('-')))
    throw new CommandError('usage', usage, '');
  let refused = 0;
  for (const file of files) {
    const { ok, line } = await checkPieceFile(file, readFile, existsSync);
    if (ok) console.log(line);
    else {
      refused += 1;
      console.error(line);
    }
  }
  return refused > 0 ? 1 : 0;
}
