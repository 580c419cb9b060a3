import { Group } from 'three';
import { describe, expect, it } from 'vitest';
import type { Model } from './load-model.ts';
import { MaterialVariants } from './material-variants.ts';
import { ModelCache } from './model-cache.ts';
import { PieceError } from './piece-error.ts';

/** Counts what is fetched, built and disposed, without GLBs. */
function countingHouse(idleBytes: number) {
  const fetched: string[] = [];
  const disposed: string[] = [];
  const slow = { arrive: (): void => undefined };
  const cache = new ModelCache({
    idleBytes,
    fetch: async (url, init) => {
      fetched.push(init?.priority === 'low' ? `${url}, low` : url);
      if (url.includes('slow')) {
        await new Promise<void>((arrive, give) => {
          slow.arrive = arrive;
          init?.signal?.addEventListener('abort', () => give(new Error('given up')));
        });
      }
      return url.includes('missing') ? new Response(null, { status: 404 }) : new Response(url);
    },
    load: async (bytes): Promise<Model> => {
      const url = new TextDecoder().decode(bytes);
      return {
        prototype: new Group(),
        extras: null,
        variants: MaterialVariants.none,
        geometries: [],
        bytes: 1,
        dispose: () => void disposed.push(url),
      };
    },
  });
  return { cache, fetched, disposed, slow };
}

describe('the model cache', () => {
  it('loads a model once for all who want it at the same time', async () => {
    const { cache, fetched } = countingHouse(0);
    const [a, b] = await Promise.all([cache.acquire('a'), cache.acquire('a')]);
    expect(fetched).toEqual(['a']);
    expect(a.model).toBe(b.model);
    expect(a.instance).not.toBe(b.instance);
  });

  it('keeps a model while anyone uses it, and disposes it after the last, however often a use is given back', async () => {
    const { cache, disposed } = countingHouse(0);
    const a = await cache.acquire('a');
    const b = await cache.acquire('a');
    a.release();
    a.release();
    await settled();
    expect(disposed).toEqual([]);
    expect(cache.count()).toMatchObject({ models: 1, leases: 1 });
    b.release();
    await settled();
    expect(disposed).toEqual(['a']);
    expect(cache.count()).toEqual({ models: 0, leases: 0, loaded: 1, disposed: 1, idleBytes: 0 });
  });

  it('keeps idle models within their bytes, letting go of the one unused the longest', async () => {
    const { cache, fetched, disposed } = countingHouse(2);
    for (const url of ['a', 'b', 'a', 'c']) {
      const lease = await cache.acquire(url);
      lease.release();
      await settled();
    }
    expect(fetched).toEqual(['a', 'b', 'c']);
    expect(disposed).toEqual(['b']);
  });

  it('loads as often as it disposes over five hundred changes of piece', async () => {
    const { cache } = countingHouse(2);
    for (let i = 0; i < 500; i += 1) (await cache.acquire(`piece-${i % 7}`)).release();
    await cache.close();
    const { models, leases, loaded, disposed } = cache.count();
    expect({ models, leases }).toEqual({ models: 0, leases: 0 });
    expect(disposed).toBe(loaded);
    expect(loaded).toBeGreaterThan(100);
  });

  it('tells why a model did not come, and tries again when asked again', async () => {
    const { cache, fetched } = countingHouse(2);
    for (let i = 0; i < 2; i += 1) {
      const fault = await cache.acquire('missing').catch((error: unknown) => error);
      expect(fault).toBeInstanceOf(PieceError);
      expect(fault).toMatchObject({ code: 'piece-unreachable' });
    }
    expect(fetched).toEqual(['missing', 'missing']);
    expect(cache.count()).toMatchObject({ models: 0, leases: 0 });
  });

  it('disposes everything at the end, used or not', async () => {
    const { cache, disposed } = countingHouse(2);
    await cache.acquire('a');
    (await cache.acquire('b')).release();
    await cache.close();
    expect(disposed.sort()).toEqual(['a', 'b']);
  });
});

describe('a model that is loaded ahead', () => {
  it('comes at low priority, and is there when it is asked for', async () => {
    const { cache, fetched } = countingHouse(2);
    expect(await cache.loadAhead('a')).toBe(true);
    expect(cache.has('a')).toBe(true);
    (await cache.acquire('a')).release();
    expect(fetched).toEqual(['a, low']);
  });

  it('makes way for what is asked for', async () => {
    const { cache, fetched } = countingHouse(2);
    const ahead = cache.loadAhead('slow');
    await cache.acquire('b');
    expect(await ahead).toBe(false);
    expect(fetched).toEqual(['slow, low', 'b']);
    expect(cache.has('slow')).toBe(false);
  });

  it('is loaded anew when it is asked for while it makes way for another', async () => {
    const { cache, slow, fetched } = countingHouse(2);
    const ahead = cache.loadAhead('slow');
    const look = [cache.acquire('b'), cache.acquire('slow')];
    slow.arrive();
    const leases = await Promise.all(look);
    expect(leases.map(({ model }) => model !== undefined)).toEqual([true, true]);
    expect(await ahead).toBe(false);
    expect(fetched).toEqual(['slow, low', 'b', 'slow']);
  });

  it('is no longer given up once it is asked for itself', async () => {
    const { cache, slow } = countingHouse(2);
    const ahead = cache.loadAhead('slow');
    const asked = cache.acquire('slow');
    await cache.acquire('b');
    slow.arrive();
    expect((await asked).model).toBeDefined();
    expect(await ahead).toBe(true);
  });

  it('drives out what is not likely, but nothing that is likelier than itself', async () => {
    const { cache, disposed } = countingHouse(2);
    (await cache.acquire('old')).release();
    cache.setLikely(['a', 'b', 'c']);
    expect([await cache.loadAhead('a'), await cache.loadAhead('b')]).toEqual([true, true]);
    expect(disposed).toEqual(['old']);
    expect(await cache.loadAhead('c')).toBe(false);
    expect(disposed).toEqual(['old', 'c']);
  });
});

/** Lets what was started and not awaited come to its end; there are no timers in it. */
async function settled(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await Promise.resolve();
}
