/** Counts the memory of every WebAssembly instance of a scope. */
export interface WasmMemoryCount {
  /** Bytes held by all instances that still exist. */
  bytes(): number;
}

/**
 * Notes every memory that WebAssembly hands out from now on: the one part of a library's memory that only grows, as wasm
 * never gives a page back. Install before any library.
 */
export function countWasmMemory(scope: { WebAssembly: typeof WebAssembly }): WasmMemoryCount {
  const memories: WeakRef<WebAssembly.Memory>[] = [];
  const note = (instance: WebAssembly.Instance): void => {
    for (const value of Object.values(instance.exports)) {
      if (value instanceof WebAssembly.Memory) memories.push(new WeakRef(value));
    }
  };
  const { instantiate, instantiateStreaming } = scope.WebAssembly;
  const noted = <Made>(made: Made): Made => {
    if (made instanceof WebAssembly.Instance) note(made);
    else if (made !== null && typeof made === 'object' && 'instance' in made) {
      if (made.instance instanceof WebAssembly.Instance) note(made.instance);
    }
    return made;
  };
  const wrap =
    <Given extends unknown[], Made>(original: (...given: Given) => Promise<Made>) =>
    async (...given: Given): Promise<Made> =>
      noted(await original(...given));
  Object.assign(scope.WebAssembly, {
    instantiate: wrap(instantiate as (...given: unknown[]) => Promise<unknown>),
    instantiateStreaming: wrap(instantiateStreaming as (...given: unknown[]) => Promise<unknown>),
  });
  return {
    bytes: () => memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0),
  };
}
