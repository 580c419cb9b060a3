import sharp from 'sharp';

/** A height at a place of a texture, both shares 0 to 1 from the upper left, in the texture's own widths. */
export type HeightAt = (u: number, v: number) => number;

/**
 * A tangent-space normal map (glTF: x right, y up) of a height field that repeats in both directions. Heights are in the unit in
 * which the texture is `width` wide and `height` high: millimetres for UVs in millimetres.
 */
export async function normalMapWebp(
  pixels: { readonly widthPx: number; readonly heightPx: number },
  size: { readonly width: number; readonly height: number },
  heightAt: HeightAt,
): Promise<Uint8Array> {
  const widthPx = Math.round(pixels.widthPx);
  const heightPx = Math.round(pixels.heightPx);
  const heights = new Float32Array(widthPx * heightPx);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      heights[row * widthPx + column] = heightAt((column + 0.5) / widthPx, (row + 0.5) / heightPx);
    }
  }
  const at = (column: number, row: number): number =>
    heights[((row + heightPx) % heightPx) * widthPx + ((column + widthPx) % widthPx)] ?? 0;
  const [stepX, stepY] = [(2 * size.width) / widthPx, (2 * size.height) / heightPx];
  const bytes = new Uint8Array(widthPx * heightPx * 3);
  for (let row = 0; row < heightPx; row += 1) {
    for (let column = 0; column < widthPx; column += 1) {
      const slopeX = (at(column + 1, row) - at(column - 1, row)) / stepX;
      // Rows run down, the normal's y runs up.
      const slopeY = (at(column, row - 1) - at(column, row + 1)) / stepY;
      const length = Math.hypot(slopeX, slopeY, 1);
      bytes.set(
        [-slopeX / length, -slopeY / length, 1 / length].map((part) => Math.round((part * 0.5 + 0.5) * 255)),
        (row * widthPx + column) * 3,
      );
    }
  }
  return encodeData(bytes, widthPx, heightPx);
}

/** Roughness (0 to 1) as glTF's metallic-roughness texture: green is roughness, blue full metalness, times the factors. */
export async function roughnessMapWebp(
  widthPx: number,
  heightPx: number,
  roughnessAt: HeightAt,
): Promise<Uint8Array> {
  const [width, height] = [Math.round(widthPx), Math.round(heightPx)];
  const bytes = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) {
      const roughness = roughnessAt((column + 0.5) / width, (row + 0.5) / height);
      bytes.set(
        [255, Math.round(Math.min(1, Math.max(0, roughness)) * 255), 255],
        (row * width + column) * 3,
      );
    }
  }
  return encodeData(bytes, width, height);
}

/** Numbers rather than colours: hardly compressed, or a normal map shows blocks in its reflections. */
async function encodeData(bytes: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const encoded = await sharp(bytes, { raw: { width, height, channels: 3 } })
    .webp({ nearLossless: true, quality: 60, effort: 4 })
    .toBuffer();
  return new Uint8Array(encoded);
}
