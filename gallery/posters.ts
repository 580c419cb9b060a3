/** Every piece as it first stands on the viewer's turntable, cut out of its ground: what is shown while its model is on the way. */
import type { Piece } from '../protocol/product.ts';
import { posterName } from '../protocol/product.ts';
import type { Collection } from '../sdk/session/collection.ts';
import { mountViewer, type ViewerMount } from '../scenes/viewer/mount-viewer.tsx';
import type { StageTheme } from '../scenes/theme.ts';
import { matte, meltEdges, type Grounded, type Pixels } from './matte.ts';
import type { Shot } from './shot.ts';

/** Drawn at twice the size at which it is kept, so that its edges are smooth. */
const sizePx = 1_024;
const white = { ground: '#ffffff', glow: '#ffffff' } as const satisfies StageTheme;
const black = { ground: '#000000', glow: '#000000' } as const satisfies StageTheme;

/** Takes a poster of every variant of these pieces, each in its house's own light; `name` is its path below the collections. */
export async function takePosters(
  container: HTMLElement,
  { catalogue, theme, baseUrl }: Collection,
  pieces: readonly Piece[],
  show: (shot: Shot) => void,
): Promise<void> {
  container.dataset['size'] = 'poster';
  const own: StageTheme = { ground: theme.colours.ground, glow: theme.colours.surface };
  const viewer = mountViewer(container, { label: catalogue.maisonName, theme: own });
  await viewer.ready;
  const bareOwn = await stillPixelsOn(viewer, own);
  // What the house's own paper is not.
  const other = brightness(bareOwn) > 127 ? black : white;
  const bareOther = await stillPixelsOn(viewer, other);
  const seenOn = async (ground: StageTheme, bare: Pixels): Promise<Grounded> => ({
    filled: await pixelsOn(viewer, ground),
    bare,
  });
  for (const piece of pieces) {
    for (const variant of piece.variants) {
      await viewer.setPiece({ url: `${baseUrl}${piece.modelPath}`, variant: variant.modelVariant });
      const cut = matte(await seenOn(own, bareOwn), await seenOn(other, bareOther));
      meltEdges(cut, sizePx);
      show({
        name: `${catalogue.maisonId}/${posterName(piece, variant)}`,
        png: await pngOf(cut),
      });
    }
  }
  viewer.stop();
}

/** As `pixelsOn`, once two pictures in a row are the same: a viewer that was just mounted still learns its size. */
async function stillPixelsOn(viewer: ViewerMount, ground: StageTheme): Promise<Pixels> {
  let before = await pixelsOn(viewer, ground);
  for (;;) {
    const now = await pixelsOn(viewer, ground);
    if (now.every((value, at) => value === before[at])) return now;
    before = now;
  }
}

async function pixelsOn(viewer: ViewerMount, ground: StageTheme): Promise<Pixels> {
  viewer.setTheme(ground);
  // The turntable takes its place in the next displayed frame.
  for (let frame = 0; frame < 2; frame += 1) await new Promise((done) => requestAnimationFrame(done));
  const bitmap = await createImageBitmap(await viewer.capturePng());
  const context = contextOf(new OffscreenCanvas(sizePx, sizePx));
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  return context.getImageData(0, 0, sizePx, sizePx).data;
}

function pngOf(pixels: Pixels): Promise<Blob> {
  const canvas = new OffscreenCanvas(sizePx, sizePx);
  contextOf(canvas).putImageData(new ImageData(pixels, sizePx, sizePx), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}

function contextOf(canvas: OffscreenCanvas): OffscreenCanvasRenderingContext2D {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new DOMException('No 2D canvas is to be had.', 'NotSupportedError');
  return context;
}

function brightness(pixels: Pixels): number {
  let sum = 0;
  for (let at = 0; at < pixels.length; at += 4) sum += pixels[at + 1] ?? 0;
  return sum / (pixels.length / 4);
}
