import decode from 'qr/decode.js';
import encode from 'qr';
import { describe, expect, it } from 'vitest';
import { claimAddress } from '../../sdk/session/address-fragment.ts';
import { createCodeReader, decodeQr, secretOfMark, type DetectorClass } from './read-code.ts';

const secret = 'Zk3c9Xw0rT5vB8nM1qLpYs';
const mark = claimAddress('https://boutique.example', 'norde', secret);

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

describe('a code before the tablet’s camera', () => {
  it('is read off the mirror’s own mark, unevenly lit', () => {
    const text = decodeQr(decode, pictureOf(mark));
    expect(text).toBe(mark);
    expect(secretOfMark(text ?? '')).toBe(secret);
  });

  it('is none where there is none', () => {
    const blank = { width: 200, height: 200, data: new Uint8ClampedArray(200 * 200 * 4).fill(200) };
    expect(decodeQr(decode, blank)).toBeNull();
  });

  it('leads nowhere but to a claim: other addresses, other texts and broken secrets are no mark', () => {
    for (const text of [
      'https://boutique.example/advisor/?maison=norde#enrol=ABCDEFGH',
      'https://boutique.example/me/#open=Zk3c9Xw0rT5vB8nM1qLpYs',
      `https://elsewhere.example/#claim=${secret}`,
      'https://boutique.example/advisor/#claim=short',
      `javascript:alert(1)//advisor/#claim=${secret}`,
      'VT-0042-7781',
      '',
    ])
      expect(secretOfMark(text), text).toBeNull();
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
    const read = await createCodeReader('card', own);
    expect(await read({} as HTMLVideoElement)).toBe('VT-0042');
    await createCodeReader('mark', own);
    expect(asked).toEqual([['qr_code', 'ean_13'], ['qr_code']]);
  });
});
