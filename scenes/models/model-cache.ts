import { InstancedMesh, type Group } from 'three';
import { PieceError } from './piece-error.ts';
import { glbCaps } from './check-glb.ts';
import { loadModel, type Model } from './load-model.ts';

/** One use of a cached model. */
export interface ModelLease {
  /** The model itself, shared: never put its prototype into a scene. */
  readonly model: Model;
  /** A copy of the node tree, in millimetres; geometries and materials stay shared. */
  readonly instance: Group;
  /** Gives the use back; more calls do no harm. */
  readonly release: () => void;
}

/** What the cache holds, for tests and metrics. */
export interface ModelCacheCount {
  readonly models: number;
  readonly leases: number;
  readonly loaded: number;
  readonly disposed: number;
  /** What the models without a user take in memory. */
  readonly idleBytes: number;
}

/** The part of `fetch` that the cache needs. */
export type FetchModel = (url: string, init?: RequestInit) => Promise<Response>;

export interface ModelCacheOptions {
  readonly fetch?: FetchModel;
  readonly load?: (bytes: Uint8Array<ArrayBuffer>) => Promise<Model>;
  /** How much the models without a user may take together, ready for the next touch. */
  readonly idleBytes?: number;
}

/** A piece takes about one MiB, a watch with its engraved dial thirty. */
const IDLE_BYTES = 64 * 1024 * 1024;

interface Entry {
  readonly loading: Promise<Model>;
  leases: number;
  /** Null until it is loaded. */
  model: Model | null;
  /** Ends a load that nobody asked for yet; null once somebody has. */
  ahead: AbortController | null;
}

/**
 * The only way to a model: by URL, loaded once, counted by use, disposed when nobody uses it and it no longer fits into what idle
 * models may take: first what is not likely to be wanted, the one unused the longest before the others, then the least likely. One
 * cache belongs to one WebGL canvas.
 */
export class ModelCache {
  readonly #fetch: FetchModel;
  readonly #load: (bytes: Uint8Array<ArrayBuffer>) => Promise<Model>;
  readonly #idleBytes: number;
  /** In order of last use: a Map iterates as it was filled, and an entry is put in anew at each use. */
  readonly #entries = new Map<string, Entry>();
  #likely: readonly string[] = [];
  #loaded = 0;
  #disposed = 0;
  #closed = false;

  constructor(options: ModelCacheOptions = {}) {
    this.#fetch = options.fetch ?? ((url, init) => fetch(url, init));
    this.#load = options.load ?? loadModel;
    this.#idleBytes = options.idleBytes ?? IDLE_BYTES;
  }

  /** Whether the model at `url` is there and need not be waited for. */
  has(url: string): boolean {
    return (this.#entries.get(url)?.model ?? null) !== null;
  }

  /**
   * Takes a use of the model at `url`, fetching it if need be; what is being loaded ahead makes way. A failed load is forgotten, so
   * asking again tries again.
   * @throws PieceError any code but `variant-unknown`
   */
  async acquire(url: string): Promise<ModelLease> {
    const known = this.#entries.get(url);
    if (known === undefined) this.#giveUpAhead();
    const entry = known ?? this.#begin(url, null);
    entry.ahead = null;
    this.#entries.delete(url);
    this.#entries.set(url, entry);
    entry.leases += 1;
    let model: Model;
    try {
      model = await entry.loading;
    } catch (fault) {
      entry.leases -= 1;
      throw fault;
    }
    const instance = model.prototype.clone();
    let held = true;
    return {
      model,
      instance,
      release: () => {
        if (!held) return;
        held = false;
        disposeInstance(instance);
        entry.leases -= 1;
        void this.#evict();
      },
    };
  }

  /** What is likely to be wanted next, most likely first: it is let go last. */
  setLikely(urls: readonly string[]): void {
    this.#likely = urls;
  }

  /**
   * Loads what `setLikely` named before anybody asks, at low priority. True when it is there; false when it does not fit beside what
   * is likelier, or when something that was asked for needed the line.
   * @throws PieceError any code but `variant-unknown`
   */
  async loadAhead(url: string): Promise<boolean> {
    if (this.#closed) return false;
    const ahead = new AbortController();
    const entry = this.#entries.get(url) ?? this.#begin(url, ahead);
    try {
      await entry.loading;
    } catch (fault) {
      if (ahead.signal.aborted) return false;
      throw fault;
    }
    entry.ahead = null;
    await this.#evict();
    return this.#entries.has(url);
  }

  /** Disposes every model, used or not; for the end of the canvas. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#giveUpAhead();
    await this.#evict();
  }

  count(): ModelCacheCount {
    let leases = 0;
    for (const entry of this.#entries.values()) leases += entry.leases;
    return {
      models: this.#entries.size,
      leases,
      loaded: this.#loaded,
      disposed: this.#disposed,
      idleBytes: sumBytes(this.#idle()),
    };
  }

  #begin(url: string, ahead: AbortController | null): Entry {
    const init: RequestInit = ahead === null ? {} : { priority: 'low', signal: ahead.signal };
    const entry: Entry = { loading: this.#fetchModel(url, init), leases: 0, model: null, ahead };
    this.#entries.set(url, entry);
    entry.loading.then(
      (model) => (entry.model = model),
      () => {
        if (this.#entries.get(url) === entry) this.#entries.delete(url);
      },
    );
    return entry;
  }

  /** What nobody asked for yet makes way, and is gone at once: whoever asks for it now begins anew. */
  #giveUpAhead(): void {
    for (const [url, { ahead, loading }] of this.#entries) {
      if (ahead === null) continue;
      this.#entries.delete(url);
      ahead.abort();
      // It may have come all the same, too late.
      void this.#letGo(loading);
    }
  }

  async #letGo(loading: Promise<Model>): Promise<void> {
    try {
      (await loading).dispose();
      this.#disposed += 1;
    } catch {
      // A load that failed left nothing to dispose; whoever asked for it has its fault.
    }
  }

  /** What nobody uses, in the order in which it is let go. */
  #idle(): readonly (readonly [url: string, entry: Entry])[] {
    const likelihood = (url: string): number => {
      const rank = this.#likely.indexOf(url);
      return rank < 0 ? 0 : this.#likely.length - rank;
    };
    return [...this.#entries]
      .filter(([, { leases, model }]) => leases === 0 && model !== null)
      .toSorted(([a], [b]) => likelihood(a) - likelihood(b));
  }

  async #evict(): Promise<void> {
    const surplus: Entry[] = [];
    if (this.#closed) {
      surplus.push(...this.#entries.values());
      this.#entries.clear();
    } else {
      const idle = this.#idle();
      let bytes = sumBytes(idle);
      for (const [url, entry] of idle) {
        if (bytes <= this.#idleBytes) break;
        bytes -= entry.model?.bytes ?? 0;
        this.#entries.delete(url);
        surplus.push(entry);
      }
    }
    for (const entry of surplus) await this.#letGo(entry.loading);
  }

  async #fetchModel(url: string, init: RequestInit): Promise<Model> {
    const model = await this.#load(await this.#fetchBytes(url, init));
    this.#loaded += 1;
    return model;
  }

  async #fetchBytes(url: string, init: RequestInit): Promise<Uint8Array<ArrayBuffer>> {
    let response: Response;
    try {
      response = await this.#fetch(url, init);
    } catch (fault) {
      throw new PieceError('piece-unreachable', `${url} could not be fetched.`, { cause: fault });
    }
    if (!response.ok) throw new PieceError('piece-unreachable', `${url} answered ${response.status}.`);
    const announcedBytes = Number(response.headers.get('content-length') ?? 0);
    if (announcedBytes > glbCaps.bytes) {
      throw new PieceError('piece-too-large', `${url} announces ${announcedBytes} bytes.`);
    }
    try {
      return new Uint8Array(await response.arrayBuffer());
    } catch (fault) {
      throw new PieceError('piece-truncated', `${url} broke off.`, { cause: fault });
    }
  }
}

function sumBytes(entries: readonly (readonly [url: string, entry: Entry])[]): number {
  return entries.reduce((sum, [, { model }]) => sum + (model?.bytes ?? 0), 0);
}

/** A mesh drawn at many places has its places in a buffer of its own, which nothing else frees. */
function disposeInstance(instance: Group): void {
  instance.traverse((node) => {
    if (node instanceof InstancedMesh) node.dispose();
  });
}
