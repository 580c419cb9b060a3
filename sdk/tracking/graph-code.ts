import { FilesetResolver } from '@mediapipe/tasks-vision';

/** The graphs' code, loaded once a worker; every graph starts a new instance of it. */
export interface GraphCode {
  readonly files: Awaited<ReturnType<typeof FilesetResolver.forVisionTasks>>;
  readonly moduleFactory: unknown;
}

/** Where the library looks for the code of its next graph, and what it clears after each. */
interface LibraryScope {
  ModuleFactory?: unknown;
}

/** Loads the wasm's script from a folder; a module worker needs the module variant. */
export async function loadGraphCode(wasmBaseUrl: string): Promise<GraphCode> {
  const files = await FilesetResolver.forVisionTasks(wasmBaseUrl.replace(/\/$/, ''), true);
  const script = (await import(/* @vite-ignore */ files.wasmLoaderPath)) as { readonly default: unknown };
  return { files, moduleFactory: script.default };
}

/** Makes the library ready for its next graph: a module runs once, and its second import would not set the factory again. */
export function offerCode(code: GraphCode): GraphCode['files'] {
  (globalThis as LibraryScope).ModuleFactory = code.moduleFactory;
  return code.files;
}

/**
 * One graph's time line. A graph's times must grow strictly or it never answers again, so two pictures of one millisecond
 * are spread.
 */
export class GraphTime {
  #lastMs = 0;

  /** The time under which a picture goes into the graph. */
  next(capturedAtMs: number): number {
    this.#lastMs = Math.max(this.#lastMs + 1, capturedAtMs);
    return this.#lastMs;
  }
}
