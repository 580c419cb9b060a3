import { mountMirror, type MirrorMount } from '../../../scenes/index.ts';
import { systemClock } from '../../../sdk/core/clock.ts';
import { defaultIntrinsics } from '../../../sdk/geometry/intrinsics.ts';
import { createStillTracker } from '../../../sdk/tracking/still-tracker.ts';
import { installGpuMeter, type GpuHoldings } from '../../frame-cost/page/gpu-meter.ts';

/** A piece that the page changes to: both levels, and its variants. */
export interface ChangedPiece {
  readonly url: string;
  readonly farUrl: string;
  readonly variants: readonly string[];
}

/** What the mirror holds at a moment. */
export interface Held {
  readonly geometries: number;
  readonly textures: number;
  readonly programs: number;
  readonly modelLeases: number;
  readonly gpu: GpuHoldings;
}

/** What bench and test ask of the page. */
export interface ChangesPage {
  /** Mounts the mirror; models that are not worn may take so much. */
  start(idleBytes: number): Promise<void>;
  /**
   * Changes so many times, each shown: the variant, and after every `variantsPerPiece` of them the piece. `from` goes on where another
   * call ended. Takes everything off at the end.
   */
  change(
    pieces: readonly ChangedPiece[],
    changes: { readonly from: number; readonly times: number; readonly variantsPerPiece: number },
  ): Promise<Held>;
}

const framesPerChange = 2;

const holdings = installGpuMeter();
let mirror: MirrorMount | null = null;

function mounted(): MirrorMount {
  if (mirror === null) throw new Error('No mirror was started.');
  return mirror;
}

async function drawn(frames: number): Promise<void> {
  const goal = mounted().metrics().framesDrawn + frames;
  while (mounted().metrics().framesDrawn < goal) await new Promise((done) => requestAnimationFrame(done));
}

/** Nothing is worn, and what was on its way has come and gone. */
async function undressed(): Promise<void> {
  await mounted().setPieces([]);
  while (mounted().metrics().modelLeases > 0) await drawn(1);
  await drawn(3);
}

const page: ChangesPage = {
  start: async (idleBytes) => {
    const container = document.querySelector<HTMLElement>('#mirror');
    if (container === null) throw new Error('The page has no place for the mirror.');
    const { clientWidth, clientHeight } = container;
    const tracker = createStillTracker({
      intrinsics: defaultIntrinsics(clientWidth, clientHeight),
      clock: systemClock,
    });
    await tracker.start();
    mirror = mountMirror(container, { tracker, idleBytes });
    await mirror.ready;
  },
  change: async (pieces, { from, times, variantsPerPiece }) => {
    for (let change = from; change < from + times; change += 1) {
      const piece = pieces[Math.floor(change / variantsPerPiece) % pieces.length];
      if (piece === undefined) continue;
      const variant = piece.variants[change % piece.variants.length] ?? null;
      await mounted().setPiece({ url: piece.url, farUrl: piece.farUrl, variant });
      await drawn(framesPerChange);
    }
    await undressed();
    const { geometries, textures, programs, modelLeases } = mounted().metrics();
    return { geometries, textures, programs, modelLeases, gpu: holdings() };
  },
};

declare global {
  interface Window {
    changes: ChangesPage;
  }
}
window.changes = page;
