/**
 * Registers the service worker of the built tablet, which lets it open without a network. The page has come fresh, so a worker that
 * waits for it may take over at once. Resolves when it has been told to keep the pictures, too.
 */
export async function startServiceWorker(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.register('/advisor/service-worker.js');
  registration.waiting?.postMessage({ type: 'take-over' });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ type: 'keep-pictures' });
}
