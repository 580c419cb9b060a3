import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

const readable = /\.(?:html|js|css)$/;

/**
 * Every built asset that a page can come to need: those it names, and what these name in turn, workers and fonts among
 * them. Read from the files themselves, since Vite's manifest leaves out the scripts of workers. Paths are relative to
 * `webDir`; the page itself is not among them.
 */
export async function filesOfPage(webDir: string, page: string): Promise<readonly string[]> {
  const names = await readdir(path.join(webDir, 'assets'));
  const found = new Set<string>();
  const pending = [page];
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (!readable.test(file)) continue;
    const text = await readFile(path.join(webDir, file), 'utf8');
    for (const name of names) {
      const asset = `assets/${name}`;
      if (found.has(asset) || name.endsWith('.map') || !text.includes(name)) continue;
      found.add(asset);
      pending.push(asset);
    }
  }
  return [...found].toSorted();
}
