import sharp from 'sharp';
import type { LinearRgb } from '../document/recipes.ts';

/** A linear part of a colour as its sRGB byte (IEC 61966-2-1). */
export function srgbByte(linear: number): number {
  const c = Math.min(1, Math.max(0, linear));
  const encoded = c <= 0.0031308 ? 12.92 * c : 1.055 * c ** (1 / 2.4) - 0.055;
  return Math.round(encoded * 255);
}

/** Paints an image pixel by pixel in linear colour and encodes it as sRGB WebP. (u, v) run from the upper left. */
export async function paintWebp(
  widthPx: number,
  heightPx: number,
  quality: number,
  colorAt: (u: number, v: number) => LinearRgb,
): Promise<Uint8Array> {
  const pixels = new Uint8Array(widthPx * heightPx * 3);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const color = colorAt((column + 0.5) / widthPx, (row + 0.5) / heightPx);
      pixels.set(color.map(srgbByte), (row * widthPx + column) * 3);
    }
  }
  const encoded = await sharp(pixels, { raw: { width: widthPx, height: heightPx, channels: 3 } })
    .webp({ quality, effort: 4 })
    .toBuffer();
  return new Uint8Array(encoded);
}
