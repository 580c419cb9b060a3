import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { rootDir } from '../../../tools/support/paths.ts';

/** A copy of the checkout, alone in a folder: nothing lies beside it, and it may be broken. */
export interface CheckoutCopy {
  readonly root: string;
  remove(): Promise<void>;
}

/** Copies the sources and what is built; the dependencies are shared. */
export async function copyCheckout(): Promise<CheckoutCopy> {
  const home = await mkdtemp(path.join(os.tmpdir(), 'vitrine-checkout-'));
  const root = path.join(home, 'vitrine');
  const list = (...args: string[]) =>
    execFileSync('git', ['ls-files', '-z', ...args], { cwd: rootDir, encoding: 'utf8' }).split('\0');
  const forged = list('--others', '--ignored', '--exclude-standard', 'assets/collections');
  const files = [...list('--cached', '--others', '--exclude-standard'), ...forged];
  const folders = new Set(files.map((file) => path.dirname(path.join(root, file))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  for (const file of files) {
    if (file && file !== 'node_modules') {
      await cp(path.join(rootDir, file), path.join(root, file), { errorOnExist: false }).catch(ignoreMissing);
    }
  }
  await cp(path.join(rootDir, 'dist'), path.join(root, 'dist'), { recursive: true });
  // One by one, so that a cache which a tool keeps in this folder is the copy's own.
  await mkdir(path.join(root, 'node_modules'));
  for (const name of await readdir(path.join(rootDir, 'node_modules'))) {
    if (/^\.(?!bin$)/.test(name)) continue;
    await symlink(path.join(rootDir, 'node_modules', name), path.join(root, 'node_modules', name));
  }
  return { root, remove: () => rm(home, { recursive: true, force: true }) };
}

/** A file that git lists may have been removed from the working tree. */
function ignoreMissing(fault: unknown): void {
  if (!(fault instanceof Error && 'code' in fault && fault.code === 'ENOENT')) throw fault;
}
