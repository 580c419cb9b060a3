import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import { intrinsicsFromVerticalFov } from '../../sdk/geometry/intrinsics.ts';
import { createStillTracker } from '../../sdk/tracking/still-tracker.ts';
import type { Tracker, TrackedFrame } from '../../sdk/tracking/tracker.ts';
import { FrameSource } from './frame-source.ts';

const clock = new ManualClock();
const intrinsics = intrinsicsFromVerticalFov(320, 240, 0.7);

/** A mannequin that stands there, and a camera that is open but has no picture until it is given some. */
async function slowCamera() {
  const still = createStillTracker({ intrinsics, clock });
  await still.start();
  const pictures: TrackedFrame[] = [];
  const needs: string[][] = [];
  const camera: Tracker = {
    ...createStillTracker({ intrinsics, clock }),
    setNeeds: (parts) => void needs.push([...parts]),
    takeFrame: () => pictures.shift() ?? null,
  };
  const picture = (): TrackedFrame => {
    clock.advance(33);
    const frame = still.takeFrame();
    if (frame === null) throw new Error('The mannequin stands still.');
    return frame;
  };
  return { still, camera, pictures, needs, picture };
}

describe('whose frames the mirror shows', () => {
  it('are the mannequin’s until the camera’s first picture comes, and the camera’s alone from then on', async () => {
    const { still, camera, pictures, picture } = await slowCamera();
    const arrivals: number[] = [];
    const source = new FrameSource(() => arrivals.push(clock.monotonicMs()));
    source.set(camera, still);
    for (let shown = 0; shown < 3; shown += 1) {
      clock.advance(33);
      expect(source.next()?.anchors.faces).toHaveLength(1);
    }
    expect(arrivals).toEqual([]);
    const first = picture();
    pictures.push(first);
    expect(source.next()).toBe(first);
    expect(arrivals).toHaveLength(1);
    clock.advance(33);
    expect(source.next()).toBeNull();
    pictures.push(picture());
    source.next();
    expect(arrivals).toHaveLength(1);
  });

  it('wait for nobody where no one stands in, and a tracker does not stand in for itself', async () => {
    const { still, camera } = await slowCamera();
    const arrivals: number[] = [];
    const source = new FrameSource(() => arrivals.push(1));
    source.set(camera, null);
    clock.advance(33);
    expect(source.next()).toBeNull();
    source.set(still, still);
    expect(source.next()).not.toBeNull();
    source.set(null, null);
    clock.advance(33);
    expect(source.next()).toBeNull();
    expect(arrivals).toEqual([]);
  });

  it('ask the camera for what the pieces need, while somebody stands in for it', async () => {
    const { still, camera, needs } = await slowCamera();
    const source = new FrameSource(() => undefined);
    source.set(camera, still);
    source.setNeeds(['hand']);
    expect(needs).toEqual([['hand']]);
  });
});
