import type { CDPSession, Page } from 'playwright-core';
import * as z from 'zod/mini';

/** One of the figures that Chromium keeps of a page; `Performance.enable` comes first. */
export async function pageMetric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((candidate) => candidate.name === name)?.value ?? Number.NaN;
}

/** What lives in a page's heap once nothing is left to collect. */
export async function heapBytes(page: Page, cdp: CDPSession): Promise<number> {
  await collect(page, cdp);
  return await pageMetric(cdp, 'JSHeapUsedSize');
}

/** What lives in a page's heap, taken apart, bytes. */
export interface HeapParts {
  /** What the engine compiled of the page's own program, and what it noted to compile it: it grows as the program is used, up to all of it. */
  readonly code: number;
  /** What the program itself holds: its objects, lists, texts, numbers and functions. */
  readonly objects: number;
}

/** The kinds of a heap snapshot that are the engine's. Of `native` what is named so lies in the heap, all else beside it; `synthetic` nowhere. */
const codeKinds = new Set(['code', 'object shape', 'hidden']);
const elsewhere = new Set(['native', 'synthetic']);
const engineName = 'system / ';

const Snapshot = z.object({
  snapshot: z.object({
    meta: z.object({
      node_fields: z.array(z.string()),
      node_types: z.tuple([z.array(z.string())], z.unknown()),
    }),
  }),
  nodes: z.array(z.number()),
  strings: z.array(z.string()),
});

/** Takes a page's heap apart by a snapshot of it, once nothing is left to collect; `HeapProfiler.enable` is not needed. */
export async function heapParts(page: Page, cdp: CDPSession): Promise<HeapParts> {
  await collect(page, cdp);
  const chunks: string[] = [];
  const take = ({ chunk }: { chunk: string }): void => {
    chunks.push(chunk);
  };
  cdp.on('HeapProfiler.addHeapSnapshotChunk', take);
  await cdp.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  cdp.off('HeapProfiler.addHeapSnapshotChunk', take);
  return partsOf(chunks.join(''));
}

/** Takes a heap snapshot's text apart. */
export function partsOf(text: string): HeapParts {
  const { snapshot, nodes, strings } = Snapshot.parse(JSON.parse(text));
  const { node_fields: fields, node_types: types } = snapshot.meta;
  const [kindAt, nameAt, sizeAt] = [
    fields.indexOf('type'),
    fields.indexOf('name'),
    fields.indexOf('self_size'),
  ];
  let [code, objects] = [0, 0];
  for (let at = 0; at < nodes.length; at += fields.length) {
    const kind = types[0][nodes[at + kindAt] ?? -1] ?? '';
    const bytes = nodes[at + sizeAt] ?? 0;
    const isEngines = kind === 'native' && strings[nodes[at + nameAt] ?? -1]?.startsWith(engineName);
    if (codeKinds.has(kind) || isEngines) code += bytes;
    else if (!elsewhere.has(kind)) objects += bytes;
  }
  return { code, objects };
}

async function collect(page: Page, cdp: CDPSession): Promise<void> {
  await cdp.send('HeapProfiler.collectGarbage');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await cdp.send('HeapProfiler.collectGarbage');
}
