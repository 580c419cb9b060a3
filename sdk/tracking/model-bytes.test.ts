import { describe, expect, it } from 'vitest';
import { chooseDelegate, isSoftwareRenderer } from './delegate-probe.ts';
import { ManualClock } from '../core/clock.ts';
import { fetchModel, stalledAfterMs } from './model-bytes.ts';

// sha256 of the three letters "abc", FIPS 180-2, appendix B.1.
const abcSha256 = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('the model', () => {
  it('is taken when it is the expected one', async () => {
    const model = await fetchModel('/m', abcSha256.toUpperCase(), () => Promise.resolve(new Response('abc')));
    expect(model.ok && Array.from(model.value)).toEqual([97, 98, 99]);
  });

  it('is refused when one byte differs', async () => {
    const model = await fetchModel('/m', abcSha256, () => Promise.resolve(new Response('abd')));
    expect(model).toMatchObject({ ok: false, error: { problem: 'model-corrupt' } });
  });

  it('is missing when the server or the network says so', async () => {
    const absent = await fetchModel('/m', abcSha256, () =>
      Promise.resolve(new Response('', { status: 404 })),
    );
    const offline = await fetchModel('/m', abcSha256, () => Promise.reject(new TypeError('offline')));
    expect(absent).toMatchObject({ ok: false, error: { problem: 'model-missing' } });
    expect(offline).toMatchObject({ ok: false, error: { problem: 'model-missing' } });
  });
});

describe('a model that does not come', () => {
  const neverAnswers = (_: unknown, init?: RequestInit): Promise<Response> =>
    new Promise((_resolve, reject) => {
      init?.signal?.addEventListener('abort', () => reject(init.signal?.reason as Error));
    });

  it('is given up when the server does not answer', async () => {
    const clock = new ManualClock();
    const asked = fetchModel('/m', abcSha256, neverAnswers, clock);
    clock.advance(stalledAfterMs);
    expect(await asked).toMatchObject({ ok: false, error: { problem: 'model-missing' } });
  });

  it('is waited for as long as something comes', async () => {
    const clock = new ManualClock();
    const drops = ['a', 'b', 'c'];
    const body = new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull: (controller) => {
          const drop = drops.shift();
          clock.advance(stalledAfterMs - 1);
          if (drop === undefined) controller.close();
          else controller.enqueue(new TextEncoder().encode(drop));
        },
      },
      { highWaterMark: 0 },
    );
    const model = await fetchModel('/m', abcSha256, () => Promise.resolve(new Response(body)), clock);
    expect(model.ok && Array.from(model.value)).toEqual([97, 98, 99]);
  });
});

describe('the choice of processor', () => {
  it('takes the GPU only when it is clearly faster', () => {
    expect(chooseDelegate(40, 12)).toBe('GPU');
    expect(chooseDelegate(40, 38)).toBe('CPU');
    expect(chooseDelegate(40, 500)).toBe('CPU');
    expect(chooseDelegate(40, null)).toBe('CPU');
  });

  it('knows a renderer that computes on the CPU by its name', () => {
    expect(isSoftwareRenderer('ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)))')).toBe(true);
    expect(isSoftwareRenderer('llvmpipe (LLVM 19.1.7, 256 bits)')).toBe(true);
    expect(isSoftwareRenderer('')).toBe(true);
    expect(isSoftwareRenderer('ANGLE (Intel, Mesa Intel(R) UHD Graphics 770, OpenGL 4.6)')).toBe(false);
  });
});
