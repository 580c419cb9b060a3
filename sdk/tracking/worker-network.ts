import { installNetworkGuard } from './network-guard.ts';
import { countWasmMemory } from './wasm-memory.ts';

/** The guard of this worker. Imported before any library, so that none gets hold of an unguarded `fetch`. */
export const workerNetwork = installNetworkGuard(globalThis);

/** What the library's wasm holds. */
export const wasmMemory = countWasmMemory(globalThis);
