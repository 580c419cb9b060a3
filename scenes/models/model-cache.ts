import type { Group } from 'three';
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
}

export interface ModelCacheOptions {
  readonly fetch?: (url: string) => Promise<Response>;
  readonly load?: (bytes: Uint8Array<ArrayBuffer>) => Promise<Model>;
  /** How many models without a user stay ready for the next touch; the one unused the longest goes first. */
  readonly keepIdle?: number;
}

interface Entry {
  readonly loading: Promise<Model>;
  leases: number;
}

/**
 * The only way to a model: by URL, loaded once, counted by use, disposed when nobody uses it and newer idle models have
 * taken its place. One cache belongs to one WebGL canvas.
 */
export class ModelCache {
  readonly #fetch: (url: string) => Promise<Response>;
  readonly #load: (bytes: Uint8Array<ArrayBuffer>) => Promise<Model>;
  readonly #keepIdle: number;
  /** In order of last use: a Map iterates as it was filled, and an entry is put in anew at each use. */
  readonly #entries = new Map<string, Entry>();
  #loaded = 0;
  #disposed = 0;
  #closed = false;

  constructor(options: ModelCacheOptions = {}) {
    this.#fetch = options.fetch ?? ((url) => fetch(url));
    this.#load = options.load ?? loadModel;
    this.#keepIdle = options.keepIdle ?? 3;
  }

  /**
   * Takes a use of the model at `url`, fetching it if need be. A failed load is forgotten, so asking again tries again.
   * @throws PieceError any code but `variant-unknown`
   */
  async acquire(url: string): Promise<ModelLease> {
    const entry = this.#entries.get(url) ?? { loading: this.#fetchModel(url), leases: 0 };
    this.#entries.delete(url);
    this.#entries.set(url, entry);
    entry.leases += 1;
    let model: Model;
    try {
      model = await entry.loading;
    } catch (fault) {
      entry.leases -= 1;
      if (this.#entries.get(url) === entry) this.#entries.delete(url);
      throw fault;
    }
    let held = true;
    return {
      model,
      instance: model.prototype.clone(),
      release: () => {
        if (!held) return;
        held = false;
        entry.leases -= 1;
        void this.#evict();
      },
    };
  }

  /** Disposes every model, used or not; for the end of the canvas. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#evict();
  }

  count(): ModelCacheCount {
    let leases = 0;
    for (const entry of this.#entries.values()) leases += entry.leases;
    return { models: this.#entries.size, leases, loaded: this.#loaded, disposed: this.#disposed };
  }

  async #evict(): Promise<void> {
    const idle = [...this.#entries].filter(([, entry]) => this.#closed || entry.leases === 0);
    const surplus = this.#closed ? idle : idle.slice(0, Math.max(0, idle.length - this.#keepIdle));
    for (const [url] of surplus) this.#entries.delete(url);
    for (const [, entry] of surplus) {
      try {
        (await entry.loading).dispose();
        this.#disposed += 1;
      } catch {
        // A load that failed left nothing to dispose; whoever asked for it has its fault.
      }
    }
  }

  async #fetchModel(url: string): Promise<Model> {
    const model = await this.#load(await this.#fetchBytes(url));
    this.#loaded += 1;
    return model;
  }

  async #fetchBytes(url: string): Promise<Uint8Array<ArrayBuffer>> {
    let response: Response;
    try {
      response = await this.#fetch(url);
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
