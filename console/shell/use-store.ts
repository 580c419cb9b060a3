import { useCallback, useSyncExternalStore } from 'react';
import type { ReadableStore } from '../../sdk/core/store.ts';

/** A store's value; draws again when it changes. */
export function useStore<Value>(store: ReadableStore<Value>): Value {
  return useSyncExternalStore(
    useCallback((listener) => store.subscribe(listener), [store]),
    () => store.get(),
  );
}
