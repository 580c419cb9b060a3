import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
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

/** The scripts of a page's own thread as a server would send them compressed. */
export interface ScriptSizes {
  /** Everything that the page's thread runs to show a piece, without the tracker's own part. */
  readonly mainBytes: number;
  /** What is loaded only when a camera is used. */
  readonly trackerBytes: number;
}

/** Chunks that are of the tracker: fetched with the camera, never without. */
const ofTracker = /^(?:sdk\/tracking|scenes\/visitor)\//;

/** Sizes of the one-file embed (`dist/web/sdk`) and of the demo page's own script, gzip. */
export async function embedScriptSizes(): Promise<ScriptSizes> {
  const sdk = path.join(webDir, 'sdk');
  const manifest = Manifest.parse(JSON.parse(await readFile(path.join(sdk, 'manifest.json'), 'utf8')));
  const seen = new Map<string, 'main' | 'tracker'>();
  const visit = (key: string, part: 'main' | 'tracker'): void => {
    const chunk = manifest[key];
    if (chunk === undefined || seen.get(chunk.file) === 'main' || seen.get(chunk.file) === part) return;
    seen.set(chunk.file, part);
    for (const next of chunk.imports ?? []) visit(next, part);
    for (const next of chunk.dynamicImports ?? []) visit(next, ofTracker.test(next) ? 'tracker' : part);
  };
  for (const [key, { file }] of Object.entries(manifest)) if (file === 'vitrine.js') visit(key, 'main');
  const sizes = { main: 0, tracker: 0 };
  for (const [file, part] of seen) {
    if (file.endsWith('.js')) sizes[part] += gzipSync(await readFile(path.join(sdk, file))).byteLength;
  }
  return { mainBytes: sizes.main, trackerBytes: sizes.tracker };
}
