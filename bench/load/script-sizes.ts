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
  /** Everything that the page's thread runs to show a piece, whichever it is, without a camera. */
  readonly mainBytes: number;
  /** What is loaded besides when a camera is used. */
  readonly trackerBytes: number;
  /** What is loaded besides when the drawn visitor stands before a drawn camera, for demos. */
  readonly visitorBytes: number;
}

const parts = ['main', 'tracker', 'visitor'] as const;
type Part = (typeof parts)[number];

/** What a chunk that is fetched later is part of: the tracker's come with the camera, the visitor's with the drawn camera. */
function partOf(key: string, from: Part): Part {
  if (key.startsWith('scenes/visitor/')) return 'visitor';
  return key.startsWith('sdk/tracking/') ? 'tracker' : from;
}

/** Sizes of the one-file embed (`dist/web/sdk`) and of the demo page's own script, gzip. */
export async function embedScriptSizes(): Promise<ScriptSizes> {
  const sdk = path.join(webDir, 'sdk');
  const manifest = Manifest.parse(JSON.parse(await readFile(path.join(sdk, 'manifest.json'), 'utf8')));
  const seen = new Map<string, Part>();
  // What two parts share counts for the first of them.
  const visit = (key: string, part: Part): void => {
    const chunk = manifest[key];
    if (chunk === undefined) return;
    const known = seen.get(chunk.file);
    if (known !== undefined && parts.indexOf(known) <= parts.indexOf(part)) return;
    seen.set(chunk.file, part);
    for (const next of chunk.imports ?? []) visit(next, part);
    for (const next of chunk.dynamicImports ?? []) visit(next, partOf(next, part));
  };
  for (const [key, { file }] of Object.entries(manifest)) if (file === 'vitrine.js') visit(key, 'main');
  const sizes = { main: 0, tracker: 0, visitor: 0 };
  for (const [file, part] of seen) {
    if (file.endsWith('.js')) sizes[part] += gzipSync(await readFile(path.join(sdk, file))).byteLength;
  }
  return { mainBytes: sizes.main, trackerBytes: sizes.tracker, visitorBytes: sizes.visitor };
}
