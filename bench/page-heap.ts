import type { CDPSession, Page } from 'playwright-core';

/** One of the figures that Chromium keeps of a page; `Performance.enable` comes first. */
export async function pageMetric(cdp: CDPSession, name: string): Promise<number> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  return metrics.find((candidate) => candidate.name === name)?.value ?? Number.NaN;
}

/** What lives in a page's heap once nothing is left to collect. */
export async function heapBytes(page: Page, cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.collectGarbage');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 200)));
  await cdp.send('HeapProfiler.collectGarbage');
  return await pageMetric(cdp, 'JSHeapUsedSize');
}
