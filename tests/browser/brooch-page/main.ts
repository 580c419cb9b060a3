import { createCameraTracker, systemClock, type TrackerAssets } from 'vitrine';
import { mountMirror, type MirrorMount } from 'vitrine/scenes';

/** What a test asks of a page that wears what the kit does not know. */
export interface BroochPage {
  /** Opens the camera, and a mirror before it. */
  open(assets: TrackerAssets): Promise<void>;
  /** Puts a piece on; tells why it cannot be worn, null where it can. */
  wear(url: string): Promise<string | null>;
  /** Teaches the page the example's category. */
  learn(): Promise<void>;
  takeOff(): Promise<void>;
  /** The point of the camera's picture, in its pixels, that is seen at a point of the view. */
  pictureAt(x: number, y: number): { readonly uPx: number; readonly vPx: number } | null;
  /** The mirror as the client sees it, as PNG in base64, once it has been drawn so many times more. */
  picture(frames: number): Promise<string>;
}

let mirror: MirrorMount | null = null;

function mounted(): MirrorMount {
  if (mirror === null) throw new Error('No mirror is open.');
  return mirror;
}

const page: BroochPage = {
  open: async (assets) => {
    const tracker = createCameraTracker({ assets, clock: systemClock });
    await tracker.start();
    const container = document.querySelector<HTMLElement>('#mirror');
    if (container === null) throw new Error('The page has no place for the mirror.');
    mirror = mountMirror(container, { tracker, quality: 'low' });
    await mirror.ready;
  },
  wear: async (url) => {
    try {
      await mounted().setPiece({ url, variant: null });
      return null;
    } catch (refusal) {
      return refusal instanceof Error && 'code' in refusal ? String(refusal.code) : String(refusal);
    }
  },
  learn: async () => {
    await import('../../../examples/brooch/brooch.ts');
  },
  takeOff: () => mounted().setPiece(null),
  pictureAt: (x, y) => mounted().pictureAt(x, y),
  picture: async (frames) => {
    const goal = mounted().metrics().framesShown + frames;
    while (mounted().metrics().framesShown < goal) await new Promise((next) => requestAnimationFrame(next));
    const bytes = new Uint8Array(await (await mounted().capturePng()).arrayBuffer());
    return btoa(Array.from(bytes, (byte) => String.fromCodePoint(byte)).join(''));
  },
};

declare global {
  interface Window {
    brooch: BroochPage;
  }
}
window.brooch = page;
