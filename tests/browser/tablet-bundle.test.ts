import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it } from 'vitest';
import * as z from 'zod/mini';
import { webDir } from '../../tools/support/paths.ts';

const Manifest = z.record(
  z.string(),
  z.object({
    file: z.string(),
    imports: z.optional(z.array(z.string())),
    dynamicImports: z.optional(z.array(z.string())),
  }),
);

/** Every script that a page may ever load, by its entry in the build's manifest. */
async function scriptsOf(entry: string): Promise<ReadonlyMap<string, string>> {
  const manifest = Manifest.parse(JSON.parse(await readFile(path.join(webDir, 'manifest.json'), 'utf8')));
  const scripts = new Map<string, string>();
  const visit = async (key: string): Promise<void> => {
    const chunk = manifest[key];
    if (!chunk) throw new Error(`the build has no ${key}`);
    if (scripts.has(chunk.file)) return;
    scripts.set(chunk.file, await readFile(path.join(webDir, chunk.file), 'utf8'));
    for (const next of [...(chunk.imports ?? []), ...(chunk.dynamicImports ?? [])]) await visit(next);
  };
  await visit(entry);
  return scripts;
}

it.each(['advisor/index.html', 'console/oms/index.html'])(
  '%s can load nothing that sees a person: no tracker',
  async (entry) => {
    const scripts = await scriptsOf(entry);
    expect(Array.from(scripts.values()).join('')).toContain('/realtime');
    for (const [file, script] of scripts)
      expect(script, file).not.toMatch(/tasks-vision|FilesetResolver|FaceLandmarker/);
  },
);

it('opens a camera on the tablet for codes alone, and on the console none', async () => {
  for (const script of (await scriptsOf('console/oms/index.html')).values())
    expect(script).not.toContain('getUserMedia');
  // One place of the tablet's own code asks for it.
  const asking = Array.from((await scriptsOf('advisor/index.html')).values()).join('');
  expect(asking.match(/getUserMedia/g)).toHaveLength(1);
});
