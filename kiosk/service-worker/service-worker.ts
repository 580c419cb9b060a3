import { clientsClaim } from 'workbox-core';
import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  precacheAndRoute,
  type PrecacheEntry,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst, StaleWhileRevalidate } from 'workbox-strategies';
import { dataToKeep } from '../../sdk/session/data-to-keep.ts';
import { modelsToKeep, picturesToKeep } from './what-to-keep.ts';

declare const self: ServiceWorkerGlobalScope;

/** The kiosk's files with the hash of their content and policy; written here by `tools/build/build-service-worker.ts`. */
declare const kioskFiles: PrecacheEntry[];

const dataCache = 'kiosk-data';
const pictureCache = 'kiosk-pictures';
const modelCache = 'kiosk-models';

/** Everything else on this origin has a page, or an answer, of its own. */
const notTheKiosk = /^\/(?:advisor|me|embed|oms|console|gallery|api|sdk|realtime|livez|readyz)(?:\/|$)/;

cleanupOutdatedCaches();
precacheAndRoute(kioskFiles, { ignoreURLParametersMatching: [] });
registerRoute(new NavigationRoute(createHandlerBoundToURL('/'), { denylist: [notTheKiosk] }));

// What a Maison edits comes fresh where the server answers, and as it was last where it does not.
registerRoute(
  ({ url, sameOrigin }) =>
    sameOrigin && (url.pathname === '/api/config' || /^\/collections\/.+\.json$/.test(url.pathname)),
  new NetworkFirst({ cacheName: dataCache, networkTimeoutSeconds: 4 }),
);

// A story's picture is shown at once as it was last, and is new the next time.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && /^\/collections\/.+\.(?:webp|png|jpg)$/.test(url.pathname),
  new StaleWhileRevalidate({ cacheName: pictureCache }),
);

// A model's checksum is in its address: what is there is right.
registerRoute(
  ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/models/'),
  new CacheFirst({ cacheName: modelCache }),
);

self.addEventListener('install', (event) => {
  event.waitUntil(keepForOffline());
});

self.addEventListener('message', (event) => {
  // Said by the kiosk while it rests, so that no visit is disturbed.
  if ((event.data as { type?: unknown } | null)?.type === 'take-over') void self.skipWaiting();
});

clientsClaim();

/** Fetches what the first visit offline needs beyond the build's own files. */
async function keepForOffline(): Promise<void> {
  const response = await fetch('/api/config', { cache: 'no-store' });
  if (!response.ok) return;
  const config: unknown = await response.clone().json();
  const data = await caches.open(dataCache);
  await data.put('/api/config', response);
  await data.addAll(dataToKeep(config));
  await keepModels(modelsToKeep(config));
  await keepPictures(data);
}

/** The pictures of all catalogues, and no others; one that is missing is not worth the rest. */
async function keepPictures(data: Cache): Promise<void> {
  const pictures = await caches.open(pictureCache);
  const wanted = new Set<string>();
  for (const request of await data.keys()) {
    const kept = await data.match(request);
    if (!kept || !request.url.endsWith('/catalogue.json')) continue;
    for (const path of picturesToKeep(await kept.json())) wanted.add(new URL(path, request.url).href);
  }
  await Promise.allSettled([...wanted].map((url) => pictures.add(url)));
  for (const { url } of await pictures.keys()) if (!wanted.has(url)) await pictures.delete(url);
}

async function keepModels(wanted: readonly string[]): Promise<void> {
  if (wanted.length === 0) return;
  const models = await caches.open(modelCache);
  for (const model of wanted) if (!(await models.match(model))) await models.add(model);
  for (const request of await models.keys()) {
    if (!wanted.includes(new URL(request.url).pathname)) await models.delete(request);
  }
}
