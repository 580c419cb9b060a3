import { createTrackerWorker } from './worker-bootstrap.ts';

/**
 * Bundlers find a worker by the literal words `new Worker(new URL(…, import.meta.url))`. The name is taken by a constructor
 * of ours, so that the same words also start it across origins.
 */
const Worker = function startAcrossOrigins(url: URL): globalThis.Worker {
  return createTrackerWorker(url);
} as unknown as new (url: URL, options: WorkerOptions) => globalThis.Worker;

/** The kit's own tracker worker, from wherever this script came from. */
export function createOwnTrackerWorker(): globalThis.Worker {
  return new Worker(new URL('./tracker-worker.ts', import.meta.url), { type: 'module' });
}
