import type { BrowserContext, Page } from 'playwright-core';

interface CameraWatch {
  asked: number;
  readonly tracks: MediaStreamTrack[];
}

/** Counts, from each page's first line on, how often the camera is asked for, and what of it is open. */
export async function watchCamera(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const watch: CameraWatch = { asked: 0, tracks: [] };
    Object.assign(globalThis, { cameraWatch: watch });
    const { mediaDevices } = navigator;
    const original = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      watch.asked += 1;
      const stream = await original(constraints);
      watch.tracks.push(...stream.getTracks());
      return stream;
    };
  });
}

/** How often this page asked for the camera, and how many of its tracks are open now. */
export function cameraOf(page: Page): Promise<{ asked: number; open: number }> {
  return page.evaluate(() => {
    const { cameraWatch } = globalThis as unknown as { cameraWatch: CameraWatch };
    const open = cameraWatch.tracks.filter((track) => track.readyState === 'live').length;
    return { asked: cameraWatch.asked, open };
  });
}

/** Everything a kiosk's browser stores for its origin, but for the stock, which lives its own life. */
export interface Stored {
  readonly local: Readonly<Record<string, string>>;
  readonly session: Readonly<Record<string, string>>;
  readonly cookies: string;
  readonly caches: Readonly<Record<string, readonly string[]>>;
  /** Of each database each store's keys, with the values but for those of `stock` and of keys that cannot be read. */
  readonly databases: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/** Reads what a page's origin has stored. */
export function leftBehind(page: Page): Promise<Stored> {
  return page.evaluate(async () => {
    const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result));
        request.addEventListener('error', () => reject(new Error(request.error?.message)));
      });
    const stored: Record<string, Record<string, string[]>> = {};
    for (const { name = '' } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name));
      const stores: Record<string, string[]> = {};
      for (const store of Array.from(database.objectStoreNames)) {
        const shelf = database.transaction(store).objectStore(store);
        const [keys, values] = await Promise.all([settled(shelf.getAllKeys()), settled(shelf.getAll())]);
        stores[store] = keys.map((key, index) =>
          key === 'stock' ? 'stock' : `${JSON.stringify(key)} ${JSON.stringify(values[index])}`,
        );
      }
      database.close();
      stored[name] = stores;
    }
    const kept: Record<string, string[]> = {};
    for (const name of await caches.keys()) {
      const requests = await (await caches.open(name)).keys();
      kept[name] = requests.map(({ url }) => url).toSorted();
    }
    return {
      local: Object.fromEntries(Object.entries(localStorage)),
      session: Object.fromEntries(Object.entries(sessionStorage)),
      cookies: document.cookie,
      caches: kept,
      databases: stored,
    };
  });
}
