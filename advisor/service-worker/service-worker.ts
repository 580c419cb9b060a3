import { clientsClaim } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  matchPrecache,
  precache,
  addRoute,
  type PrecacheEntry,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies';
import { dataToKeep, knowledgeToKeep, postersToKeep } from '../../sdk/session/data-to-keep.ts';

declare const self: ServiceWorkerGlobalScope;

/** The tablet's files with the hash of their content and policy; written here by `tools/build/build-service-worker.ts`. */
declare const tabletFiles: PrecacheEntry[];

const page = '/advisor/';
const dataCache = 'tablet-data';
const pictureCache = 'tablet-pictures';

cleanupOutdatedCaches();
precache(tabletFiles);

// The page itself comes fresh where the server answers: a tablet that is opened anew is never of yesterday's release.
const fresh = new NetworkFirst({ cacheName: dataCache, networkTimeoutSeconds: 4 });
registerRoute(
  new NavigationRoute(async ({ event }) => {
    try {
      return await fresh.handle({ request: new Request(page), event });
    } catch {
      return (await matchPrecache(page)) ?? Response.error();
    }
  }),
);
addRoute();

registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && (url.pathname === '/api/config' || /^\/collections\/.+\.json$/.test(url.pathname)),
  new NetworkFirst({ cacheName: dataCache, networkTimeoutSeconds: 4 }),
);

registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/collections\/.+\.(?:webp|png|jpg)$/.test(url.pathname),
  new StaleWhileRevalidate({ cacheName: pictureCache }),
);

self.addEventListener('install', (event) => {
  event.waitUntil(keepForOffline());
});

self.addEventListener('message', (event) => {
  const type = (event.data as { type?: unknown } | null)?.type;
  // Said by a page that was just opened, and so is of the new release already.
  if (type === 'take-over') void self.skipWaiting();
  // Only then: a tablet that opens without a line is worth more than its pictures, and waits for none of them.
  if (type === 'keep-pictures') event.waitUntil(keepPictures());
});

clientsClaim();

/** What the first opening without a network needs beyond the build's own files: the page that installs this has read it already. */
async function keepForOffline(): Promise<void> {
  const response = await fetch('/api/config', { cache: 'no-store' });
  if (!response.ok) return;
  const config: unknown = await response.clone().json();
  const data = await caches.open(dataCache);
  await data.put('/api/config', response);
  await data.addAll(dataToKeep(config));
  await Promise.allSettled(knowledgeToKeep(config).map((url) => data.add(url)));
}

/** Has the picture of a piece that was never on the screen, too; what is kept already comes anew when it is looked at. */
async function keepPictures(): Promise<void> {
  const [data, pictures] = await Promise.all([caches.open(dataCache), caches.open(pictureCache)]);
  const config: unknown = await (await data.match('/api/config'))?.json();
  const files = await Promise.all(dataToKeep(config).map((url) => data.match(url)));
  const collections = await Promise.all(files.map((file) => file?.json() as unknown));
  const keep = async (url: string): Promise<void> => {
    if ((await pictures.match(url)) === undefined) await pictures.add(url);
  };
  await Promise.allSettled(collections.flatMap(postersToKeep).map(keep));
}
