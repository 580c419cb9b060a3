import type { Plugin } from 'vite';

/** Replaces a service worker that an earlier `npm start` left in this browser, and takes itself away. */
const script = `
addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.unregister();
  for (const page of await clients.matchAll({ type: 'window' })) await page.navigate(page.url);
})()));
`;

/**
 * While developing there is no service worker; but one that `npm start` left behind on the same port would go on showing
 * the built pages. The browser looks for a newer one by itself and finds this.
 */
export function retireServiceWorker(): Plugin {
  return {
    name: 'vitrine-retire-service-worker',
    configureServer(server) {
      server.middlewares.use('/service-worker.js', (_request, response) => {
        response.setHeader('content-type', 'text/javascript');
        response.setHeader('cache-control', 'no-store');
        response.setHeader('service-worker-allowed', '/');
        response.end(script);
      });
    },
  };
}
