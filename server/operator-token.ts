import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { codeOf } from './core/server-fault.ts';
import { newSecret, type Random } from './core/random.ts';

/** Reads the operator's token, making it at the first start. Only the file's owner may read it. */
export async function readOperatorToken(path: string, random: Random): Promise<string> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  try {
    await writeFile(path, `${newSecret(random)}\n`, { flag: 'wx', mode: 0o600 });
  } catch (fault) {
    if (codeOf(fault) !== 'EEXIST') throw fault;
  }
  await chmod(path, 0o600);
  return (await readFile(path, 'utf8')).trim();
}
