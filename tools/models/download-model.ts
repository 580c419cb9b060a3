import { createHash } from 'node:crypto';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ModelSpec } from './model-specs.ts';

/** Nobody publishes a tracking model larger than this; a longer answer is cut off. */
const largestModelBytes = 64 * 1024 * 1024;
/** A server, or a name service, from which nothing comes for this long is given up. */
const defaultStalledAfterMs = 15_000;

type Outcome = { readonly ok: true; readonly value: string } | { readonly ok: false; readonly error: string };

/**
 * Downloads one model into `dir`, checks its SHA-256, and only then gives it its name, so that a download cut short never
 * looks like a model. Returns the file's path, or in words why there is none.
 */
export async function downloadModel(
  spec: ModelSpec,
  dir: string,
  fetchFrom: typeof fetch,
  onProgress: (fileName: string, doneBytes: number, totalBytes: number | null) => void,
  stalledAfterMs: number = defaultStalledAfterMs,
): Promise<Outcome> {
  await mkdir(dir, { recursive: true });
  const target = path.join(dir, spec.fileName);
  const partial = `${target}.${process.pid}.part`;
  const abort = new AbortController();
  const giveUp = () => abort.abort(new Error(`nothing came for ${stalledAfterMs / 1000} seconds`));
  let stalled = setTimeout(giveUp, stalledAfterMs);
  try {
    const response = await fetchFrom(spec.officialUrl, { signal: abort.signal });
    if (!response.ok || !response.body) return { ok: false, error: `the server answered ${response.status}` };
    const totalBytes = Number(response.headers.get('content-length')) || spec.bytes;
    const hash = createHash('sha256');
    const file = await open(partial, 'w');
    let doneBytes = 0;
    try {
      for await (const chunk of response.body) {
        clearTimeout(stalled);
        stalled = setTimeout(giveUp, stalledAfterMs);
        doneBytes += chunk.byteLength;
        if (doneBytes > largestModelBytes)
          return { ok: false, error: 'the answer is far too large for a model' };
        hash.update(chunk);
        await file.write(chunk);
        onProgress(spec.fileName, doneBytes, totalBytes);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (hash.digest('hex') !== spec.sha256)
      return { ok: false, error: 'its checksum is not the published one' };
    await rename(partial, target);
    return { ok: true, value: target };
  } catch (fault) {
    const cause = fault instanceof Error && fault.cause instanceof Error ? fault.cause : fault;
    return { ok: false, error: cause instanceof Error ? cause.message : String(cause) };
  } finally {
    clearTimeout(stalled);
    await rm(partial, { force: true });
  }
}
