import { installNetworkGuard } from './network-guard.ts';

/** The guard of this worker. Imported before any library, so that none gets hold of an unguarded `fetch`. */
export const workerNetwork = installNetworkGuard(globalThis);
