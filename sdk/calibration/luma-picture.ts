/** A grey picture, row by row from the top; the middle of the first pixel lies at (0.5, 0.5). */
export interface LumaPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** One byte a pixel. */
  readonly data: ArrayLike<number>;
}

/** The brightness of an RGBA picture as its bytes say it (gamma kept). Source: ITU-R BT.601. */
export function lumaOf(rgba: ArrayLike<number>, widthPx: number, heightPx: number): LumaPicture {
  const data = new Uint8Array(widthPx * heightPx);
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const at = pixel * 4;
    data[pixel] = ((rgba[at] ?? 0) * 77 + (rgba[at + 1] ?? 0) * 150 + (rgba[at + 2] ?? 0) * 29) >> 8;
  }
  return { widthPx, heightPx, data };
}

/**
 * The same, mostly of the blue light, which skin of every tone gives back least: a pale card stands out against a fair forehead.
 */
export function blueLumaOf(rgba: ArrayLike<number>, widthPx: number, heightPx: number): LumaPicture {
  const data = new Uint8Array(widthPx * heightPx);
  for (let pixel = 0; pixel < data.length; pixel += 1) {
    const at = pixel * 4;
    data[pixel] = ((rgba[at + 1] ?? 0) * 77 + (rgba[at + 2] ?? 0) * 179) >> 8;
  }
  return { widthPx, heightPx, data };
}

/** The brightness between pixels, bilinear; beyond the border it is the border's. */
export function lumaAt({ widthPx, heightPx, data }: LumaPicture, u: number, v: number): number {
  const x = Math.min(Math.max(u - 0.5, 0), widthPx - 1.001);
  const y = Math.min(Math.max(v - 0.5, 0), heightPx - 1.001);
  const [column, row] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - column, y - row];
  const at = row * widthPx + column;
  const upper = (data[at] ?? 0) * (1 - fx) + (data[at + 1] ?? 0) * fx;
  const lower = (data[at + widthPx] ?? 0) * (1 - fx) + (data[at + widthPx + 1] ?? 0) * fx;
  return upper * (1 - fy) + lower * fy;
}
