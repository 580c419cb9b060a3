import type { Unsubscribe } from '../../sdk/core/emitter.ts';

/** What the update of the kiosk depends on. */
export interface UpdatePorts {
  /** Whether nobody is here now. */
  readonly isResting: () => boolean;
  /** Calls each time the mirror comes to rest. */
  readonly onRest: (listener: () => void) => Unsubscribe;
  readonly onFault: (fault: unknown) => void;
}

/** How often a kiosk that is never reloaded looks for a new version. */
const lookEveryMs = 30 * 60_000;

/**
 * Registers the service worker of the built kiosk. A new version is fetched at any time, but it takes over only while the
 * mirror rests: a visit is never interrupted by an update.
 */
export function startServiceWorker({ isResting, onRest, onFault }: UpdatePorts): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  let waiting: ServiceWorker | null = null;
  let controlled = navigator.serviceWorker.controller !== null;

  const takeOver = (): void => {
    if (waiting && isResting()) waiting.postMessage({ type: 'take-over' });
  };
  onRest(takeOver);

  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker takes charge of a page that already shows what it caches: nothing to reload.
    if (controlled) location.reload();
    controlled = true;
  });

  const register = async (): Promise<void> => {
    const registration = await navigator.serviceWorker.register('/service-worker.js', { scope: '/' });
    const offer = (worker: ServiceWorker | null): void => {
      if (!worker || !navigator.serviceWorker.controller) return;
      waiting = worker;
      takeOver();
    };
    offer(registration.waiting);
    registration.addEventListener('updatefound', () => {
      const { installing } = registration;
      installing?.addEventListener('statechange', () => {
        if (installing.state === 'installed') offer(installing);
      });
    });
    setInterval(() => void registration.update().catch(onFault), lookEveryMs);
  };
  register().catch(onFault);
}
