import sharp from 'sharp';

/**
 * How a picture of a piece is held against its reference. Two numbers, because either alone is blind: a part that is missing or of a
 * wrong colour may hardly change the outline, and a piece off its place may leave most colours where they were.
 *
 * - `colour`: CIE ΔE*ab (1976) between the means of blocks of 16 pixels, the worst block. Another GPU, driver or encoder moves single
 *   pixels along edges and in stones; a mean of 256 pixels does not notice. Blocks overlap by half, so that no part hides on a border.
 * - `outline`: what differs from the view without a piece is the piece. The share of one picture's piece that lies within a pixel of
 *   the other's, the lesser way round. Unlike plain intersection over union it forgives edges that are drawn a little otherwise, on a
 *   chain as on a bag, and still falls when a piece moves by more than that pixel.
 */
export interface PictureDifference {
  readonly colour: number;
  readonly outline: number;
  /** Upper left corner of the block that differs most. */
  readonly worstAtPx: readonly [x: number, y: number];
  /** The ΔE of each pixel, as a grey picture: 25 and more is white. */
  readonly map: Buffer;
}

/**
 * What is allowed. A piece that did not change, against a reference that went through WebP, takes less than half of the colour and keeps
 * its outline whole; a minute hand that is missing, gold of another alloy and a place that is off by 3 % of the picture take more
 * (`tests/browser/gallery.test.ts` makes these faults).
 */
export const allowed = { colour: 3, outline: 0.97 } as const;

const blockPx = 16;
const stepPx = blockPx / 2;
/**
 * A pixel so far from the view without a piece surely belongs to the piece, or to its shadow; from half of it on it may. What is sure in
 * one picture must be likely in the other: a fine chain lies across any single bound.
 */
const sure = 11;
const likely = sure / 2;
const whiteDeltaE = 25;
/** No piece fills so much of its picture. A view without it that was not drawn would make any two outlines the same. */
const mostOfPicture = 0.8;

interface LabPicture {
  readonly widthPx: number;
  readonly heightPx: number;
  /** L*, a*, b* of each pixel. */
  readonly lab: Float32Array;
}

/**
 * Compares a picture with its reference; `bare` is the same view without the piece. All are encoded pictures of one size.
 * @throws RangeError where the sizes differ, and where `bare` is not the same view
 */
export async function comparePictures(
  actual: Buffer,
  reference: Buffer,
  bare: Buffer,
): Promise<PictureDifference> {
  const [now, then, empty] = await Promise.all([actual, reference, bare].map(readLab));
  if (!now || !then || !empty) throw new Error('Three pictures are compared.');
  if (now.widthPx !== then.widthPx || now.heightPx !== then.heightPx) {
    throw new RangeError(
      `The reference is ${then.widthPx} × ${then.heightPx} pixels, the picture ${now.widthPx} × ${now.heightPx}.`,
    );
  }
  const { widthPx, heightPx } = now;
  const { colour, worstAtPx } = worstBlock(now, then);
  const [ownSoft, thenSoft, emptySoft] = [softened(now), softened(then), softened(empty)];
  const pieceNow = silhouette(ownSoft, emptySoft, sure);
  const pieceThen = silhouette(thenSoft, emptySoft, sure);
  for (const piece of [pieceNow, pieceThen]) {
    const share = piece.reduce((sum, pixel) => sum + pixel, 0) / piece.length;
    if (share > mostOfPicture)
      throw new RangeError('What is shown without the piece differs from it nearly everywhere.');
  }
  const outline = Math.min(
    shareNear(pieceNow, silhouette(thenSoft, emptySoft, likely), widthPx),
    shareNear(pieceThen, silhouette(ownSoft, emptySoft, likely), widthPx),
  );
  const map = new Uint8Array(widthPx * heightPx);
  for (let pixel = 0; pixel < map.length; pixel += 1) {
    map[pixel] = Math.min(255, (deltaE(now, then, pixel) * 255) / whiteDeltaE);
  }
  return {
    colour,
    worstAtPx,
    outline,
    map: await sharp(map, { raw: { width: widthPx, height: heightPx, channels: 1 } })
      .png()
      .toBuffer(),
  };
}

async function readLab(encoded: Buffer): Promise<LabPicture> {
  const { data, info } = await sharp(encoded).removeAlpha().toColourspace('srgb').raw().toBuffer({
    resolveWithObject: true,
  });
  const lab = new Float32Array(info.width * info.height * 3);
  for (let at = 0; at < lab.length; at += 3) {
    const [r, g, b] = [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0].map(linear);
    writeLab(r ?? 0, g ?? 0, b ?? 0, lab, at);
  }
  return { widthPx: info.width, heightPx: info.height, lab };
}

function linear(byte: number): number {
  const c = byte / 255;
  return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
}

/** CIELAB of linear sRGB, D65 (CIE 15, IEC 61966-2-1). */
function writeLab(r: number, g: number, b: number, out: Float32Array, at: number): void {
  const f = (t: number): number => (t > 216 / 24_389 ? Math.cbrt(t) : (24_389 / 27) * (t / 116) + 16 / 116);
  const x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.9505);
  const y = f(0.2126 * r + 0.7152 * g + 0.0722 * b);
  const z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.089);
  out[at] = 116 * y - 16;
  out[at + 1] = 500 * (x - y);
  out[at + 2] = 200 * (y - z);
}

function deltaE(one: LabPicture, other: LabPicture, pixel: number): number {
  let sum = 0;
  for (let channel = pixel * 3; channel < pixel * 3 + 3; channel += 1) {
    sum += ((one.lab[channel] ?? 0) - (other.lab[channel] ?? 0)) ** 2;
  }
  return Math.sqrt(sum);
}

function worstBlock(one: LabPicture, other: LabPicture): Pick<PictureDifference, 'colour' | 'worstAtPx'> {
  let colour = 0;
  let worstAtPx: readonly [number, number] = [0, 0];
  for (let top = 0; top + blockPx <= one.heightPx; top += stepPx) {
    for (let left = 0; left + blockPx <= one.widthPx; left += stepPx) {
      const difference = [0, 0, 0];
      for (let y = top; y < top + blockPx; y += 1) {
        for (let x = left; x < left + blockPx; x += 1) {
          for (const channel of [0, 1, 2]) {
            const at = (y * one.widthPx + x) * 3 + channel;
            difference[channel] = (difference[channel] ?? 0) + (one.lab[at] ?? 0) - (other.lab[at] ?? 0);
          }
        }
      }
      const here = Math.hypot(...difference) / blockPx ** 2;
      if (here > colour) [colour, worstAtPx] = [here, [left, top]];
    }
  }
  return { colour, worstAtPx };
}

/** Each pixel as the mean of the nine around it: what an encoder did to the skin and cloth behind a piece is no piece. */
function softened({ widthPx, heightPx, lab }: LabPicture): LabPicture {
  const soft = new Float32Array(lab.length);
  for (let y = 0; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const at = (y * widthPx + x) * 3;
      for (const channel of [0, 1, 2]) {
        let [sum, count] = [0, 0];
        for (let row = Math.max(0, y - 1); row <= Math.min(heightPx - 1, y + 1); row += 1) {
          for (let column = Math.max(0, x - 1); column <= Math.min(widthPx - 1, x + 1); column += 1) {
            sum += lab[(row * widthPx + column) * 3 + channel] ?? 0;
            count += 1;
          }
        }
        soft[at + channel] = sum / count;
      }
    }
  }
  return { widthPx, heightPx, lab: soft };
}

function silhouette(picture: LabPicture, bare: LabPicture, fromDeltaE: number): Uint8Array {
  return Uint8Array.from({ length: picture.widthPx * picture.heightPx }, (_, pixel) =>
    deltaE(picture, bare, pixel) > fromDeltaE ? 1 : 0,
  );
}

/** The share of `one`'s pixels with a pixel of `other` at or beside them. */
function shareNear(one: Uint8Array, other: Uint8Array, widthPx: number): number {
  let [all, near] = [0, 0];
  for (let pixel = 0; pixel < one.length; pixel += 1) {
    if (one[pixel] !== 1) continue;
    all += 1;
    const around = [-widthPx, 0, widthPx].flatMap((row) => [row - 1, row, row + 1]);
    if (around.some((step) => other[pixel + step] === 1)) near += 1;
  }
  return all === 0 ? 1 : near / all;
}
