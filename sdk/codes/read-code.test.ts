import decode from 'qr/decode.js';
import encode from 'qr';
import { describe, expect, it } from 'vitest';
import { createCodeReader, decodeQr, soughtIn, type DetectorClass } from './read-code.ts';

const mark = 'https://boutique.example/advisor/?maison=norde#claim=Zk3c9Xw0rT5vB8nM1qLpYs';

/** A camera's picture of a code: so many pixels a module, grey and unevenly lit as glass is. */
function pictureOf(text: string, modulePx = 5) {
  const modules = encode(text, 'raw', { border: 4 });
  const width = modules.length * modulePx;
  const data = new Uint8ClampedArray(width * width * 4);
  for (let y = 0; y < width; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const dark = modules[Math.floor(y / modulePx)]?.[Math.floor(x / modulePx)] ?? false;
      const light = 150 + (60 * x) / width;
      const grey = dark ? light - 110 : light;
      data.set([grey, grey, grey, 255], (y * width + x) * 4);
    }
  }
  return { width, height: width, data };
}

describe('a code before a camera', () => {
  it('is read off the mirror’s own mark, unevenly lit', () => {
    const text = decodeQr(decode, pictureOf(mark));
    expect(text).toBe(mark);
  });

  it('is none where there is none', () => {
    const blank = { width: 200, height: 200, data: new Uint8ClampedArray(200 * 200 * 4).fill(200) };
    expect(decodeQr(decode, blank)).toBeNull();
  });

  it('is read by the browser where it can, and every kind of card that it knows', async () => {
    const asked: (readonly string[])[] = [];
    class Own {
      static getSupportedFormats = () => Promise.resolve(['qr_code', 'ean_13', 'upc_a']);
      constructor({ formats }: { readonly formats: readonly string[] }) {
        asked.push(formats);
      }
      detect = () => Promise.resolve([{ rawValue: 'VT-0042' }]);
    }
    const own: DetectorClass = Own;
    const read = await createCodeReader('card', 'whole', own);
    expect(await read({} as HTMLVideoElement)).toBe('VT-0042');
    await createCodeReader('mark', 'whole', own);
    expect(asked).toEqual([['qr_code', 'ean_13'], ['qr_code']]);
  });

  it('is looked for in the middle with all the pixels that are there, or everywhere with fewer', () => {
    expect(soughtIn(1280, 720, 'middle')).toMatchObject({ x: 280, y: 0, width: 720, readWidth: 720 });
    expect(soughtIn(720, 1280, 'middle')).toMatchObject({ x: 0, y: 280, height: 720, readHeight: 720 });
    expect(soughtIn(1280, 720, 'whole')).toMatchObject({ x: 0, y: 0, width: 1280, readWidth: 720 });
  });
});
