import { describe, expect, it, vi } from 'vitest';
import type { TrackedFrame, Tracker } from 'vitrine';
import { createStillTracker, defaultIntrinsics, ManualClock } from 'vitrine';
import { showNewest } from './follow-a-face.ts';

const clock = new ManualClock();
const intrinsics = defaultIntrinsics(1280, 720);

/** What a mannequin's tracker gives, with a picture as a camera's has. */
function trackerWithPicture(close: () => void): Tracker {
  const still = createStillTracker({ intrinsics, clock });
  void still.start();
  const takeFrame = (): TrackedFrame | null => {
    clock.advance(33);
    const frame = still.takeFrame();
    return frame && { ...frame, image: { close } as ImageBitmap };
  };
  return { ...still, takeFrame };
}

/** A canvas's context that remembers what was asked of it. */
function paper() {
  const [drawImage, arc, other] = [vi.fn(), vi.fn(), vi.fn()];
  const canvas = { width: 0, height: 0 };
  const pens = { beginPath: other, fill: other, moveTo: other, lineTo: other, stroke: other };
  const context = { canvas, drawImage, arc, clearRect: other, ...pens };
  return { canvas, drawImage, arc, context: context as unknown as CanvasRenderingContext2D };
}

describe('the mirror of the example', () => {
  it('draws the picture pixel for pixel, with a dot where the bridge of the nose is', () => {
    const { canvas, drawImage, arc, context } = paper();
    showNewest(
      trackerWithPicture(() => undefined),
      context,
    );
    expect(canvas).toEqual({ width: 1280, height: 720 });
    expect(drawImage).toHaveBeenCalledOnce();
    // The mannequin stands 620 mm away and 10 mm low, with its bridge 55.7 mm nearer and 27 mm higher.
    const [uPx, vPx] = arc.mock.calls[0] ?? [];
    expect(uPx).toBeCloseTo(640, 6);
    expect(vPx).toBeCloseTo(360 - (intrinsics.fyPx * 17) / (620 - 55.7), 6);
  });

  it('gives the picture back, also when drawing fails', () => {
    const { drawImage, context } = paper();
    const close = vi.fn();
    const tracker = trackerWithPicture(close);
    showNewest(tracker, context);
    expect(close).toHaveBeenCalledTimes(1);
    drawImage.mockImplementation(() => {
      throw new Error('The canvas is gone.');
    });
    expect(() => showNewest(tracker, context)).toThrow('The canvas is gone.');
    expect(close).toHaveBeenCalledTimes(2);
  });
});
