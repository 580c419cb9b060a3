import sharp, { type Sharp } from 'sharp';
import type { Page } from 'playwright-core';
import { clipHeightPx, clipWidthPx } from './fake-camera-clip.ts';
import type { PicturePoint, TrueFace } from './face-truth.ts';
import { writtenCode, type VideoClip } from './video-clip.ts';

/** Beyond this difference of a colour channel (0 to 255) a pixel shows the product and not the camera's picture. */
const productDifference = 40;

/** The mirror at one moment, held against the bare picture of the clip that it shows. */
export interface MirrorShot {
  /** The bare picture of the clip that the mirror shows; its number is written on it. */
  readonly bare: Buffer;
  /** Where a point of the clip's picture is on the screen, in CSS pixels: covered, and mirrored. */
  readonly onScreen: (point: PicturePoint) => PicturePoint;
  /** Whether something that is not the picture is drawn here. Screen pixels. */
  readonly isProduct: (point: PicturePoint) => boolean;
  /** The product's pixels around this face. */
  readonly productAround: (face: TrueFace) => ProductPixels;
}

/** What a product, or a part of it, covers. Screen pixels. */
export interface ProductPixels {
  readonly count: number;
  readonly leftPx: number;
  readonly rightPx: number;
  readonly topPx: number;
  readonly bottomPx: number;
  readonly middle: PicturePoint;
  /** Mean red, green and blue, 0 to 255. */
  readonly colour: Colour;
}

/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Buffer;
}

/**
 * Takes the mirror's picture; null while what is written on it cannot be read, for instance before the first frame, and
 * while anything fades over it: a poster, or who stood in the mirror before.
 */
export async function shootMirror(page: Page, clip: VideoClip): Promise<MirrorShot | null> {
  const fades = await page.evaluate(() =>
    document
      .querySelector('.stage')
      ?.getAnimations({ subtree: true })
      .some((one) => one.playState === 'running'),
  );
  if (fades !== false) return null;
  const screen = await rawPixels(sharp(await shootStage(page)));
  const scale = Math.max(screen.width / clipWidthPx, screen.height / clipHeightPx);
  const onScreen = ({ x, y }: PicturePoint): PicturePoint => ({
    x: screen.width / 2 - (x - clipWidthPx / 2) * scale,
    y: screen.height / 2 + (y - clipHeightPx / 2) * scale,
  });
  const picture = readWritten(screen, onScreen);
  const jpeg = picture === null ? undefined : clip.pictures[picture - 1];
  if (picture === null || jpeg === undefined) return null;
  const picturePixels = await rawPixels(asMirrored(jpeg, screen, scale));
  const isProduct = (point: PicturePoint): boolean => {
    const [here, there] = [colourAt(screen, point), colourAt(picturePixels, point)];
    return here.some((value, channel) => Math.abs(value - (there[channel] ?? 0)) > productDifference);
  };
  return {
    bare: jpeg,
    onScreen,
    isProduct,
    productAround: (face) => measure(screen, isProduct, onScreen(face.rightPupil), onScreen(face.leftPupil)),
  };
}

/** The words and controls over the mirror are not of its picture. The page's policy allows no style but through its script. */
async function shootStage(page: Page): Promise<Buffer> {
  const showOverlay = (shown: boolean): Promise<void> =>
    page.evaluate(
      (visibility) => {
        for (const over of document.querySelectorAll<HTMLElement>('.stage ~ *'))
          over.style.visibility = visibility;
      },
      shown ? '' : 'hidden',
    );
  await showOverlay(false);
  try {
    return await page.screenshot();
  } finally {
    await showOverlay(true);
  }
}

function readWritten(screen: Pixels, onScreen: (point: PicturePoint) => PicturePoint): number | null {
  let number = 0;
  for (let bit = 0; bit < writtenCode.blocks; bit += 1) {
    const middle = onScreen({
      x: writtenCode.leftPx + (bit + 0.5) * writtenCode.blockPx,
      y: writtenCode.blockPx / 2,
    });
    const [red, green, blue] = colourAt(screen, middle);
    const grey = (red + green + blue) / 3;
    // Neither black nor white: this is not the camera's picture.
    if (grey > 60 && grey < 195) return null;
    if (grey >= 195) number |= 1 << bit;
  }
  return number;
}

/** A picture of the clip as the mirror shows it: covering the screen, left and right exchanged. */
function asMirrored(jpeg: Buffer, screen: Pixels, scale: number): Sharp {
  const width = Math.round(clipWidthPx * scale);
  const height = Math.round(clipHeightPx * scale);
  const covering = sharp(jpeg)
    .resize(width, height, { kernel: 'linear' })
    .extract({
      left: Math.floor((width - screen.width) / 2),
      top: Math.floor((height - screen.height) / 2),
      width: screen.width,
      height: screen.height,
    });
  return covering.flop();
}

async function rawPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.removeAlpha().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data };
}

function colourAt({ width, height, data }: Pixels, { x, y }: PicturePoint): Colour {
  const column = Math.min(width - 1, Math.max(0, Math.round(x)));
  const row = Math.min(height - 1, Math.max(0, Math.round(y)));
  const at = (row * width + column) * 3;
  return [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0];
}

/** Looks as far as a frame could reach: half again the pupils' distance to the sides, its whole above and below. */
function measure(
  screen: Pixels,
  isProduct: (point: PicturePoint) => boolean,
  one: PicturePoint,
  other: PicturePoint,
): ProductPixels {
  const apart = Math.hypot(one.x - other.x, one.y - other.y);
  const middle = { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
  const found: PicturePoint[] = [];
  const sum: [number, number, number] = [0, 0, 0];
  const firstX = Math.max(0, Math.round(middle.x - 1.5 * apart));
  const lastX = Math.min(screen.width - 1, middle.x + 1.5 * apart);
  for (let y = Math.round(middle.y - apart); y <= middle.y + apart; y += 1) {
    for (let x = firstX; x <= lastX; x += 1) {
      if (!isProduct({ x, y })) continue;
      found.push({ x, y });
      const colour = colourAt(screen, { x, y });
      for (const channel of [0, 1, 2] as const) sum[channel] += colour[channel];
    }
  }
  // A stray pixel makes a frame no wider: the outermost two of a thousand do not count.
  const span = (values: readonly number[]): readonly [number, number] => {
    const sorted = values.toSorted((a, b) => a - b);
    const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? Number.NaN;
    return [at(0.002), at(0.998)];
  };
  const [leftPx, rightPx] = span(found.map(({ x }) => x));
  const [topPx, bottomPx] = span(found.map(({ y }) => y));
  return {
    count: found.length,
    leftPx,
    rightPx,
    topPx,
    bottomPx,
    middle: { x: (leftPx + rightPx) / 2, y: (topPx + bottomPx) / 2 },
    colour: [sum[0] / found.length, sum[1] / found.length, sum[2] / found.length],
  };
}
