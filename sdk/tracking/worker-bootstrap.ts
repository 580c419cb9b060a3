/**
 * Starts a module worker from any origin. Browsers start a worker only from the page's own origin, so a foreign script is
 * imported by a one-line blob of ours; its server must allow the page by CORS, the page's policy `worker-src blob:`.
 */
export function createTrackerWorker(url: string | URL): Worker {
  const address = new URL(url, globalThis.location.href);
  const options: WorkerOptions = { type: 'module', name: 'vitrine-tracker' };
  if (address.origin === globalThis.location.origin) return new Worker(address, options);
  const bootstrap = URL.createObjectURL(
    new Blob([`import ${JSON.stringify(address.href)};`], { type: 'text/javascript' }),
  );
  const worker = new Worker(bootstrap, options);
  // The first message proves that the blob was read.
  worker.addEventListener('message', () => URL.revokeObjectURL(bootstrap), { once: true });
  return worker;
}
