import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultIntrinsics } from '../geometry/intrinsics.ts';
import type { CameraFrame } from './frame-handover.ts';
import { FrameHandover } from './frame-handover.ts';

function countedFrames(): { make: () => CameraFrame; closed: number[] } {
  const closed: number[] = [];
  let frameId = 0;
  return {
    closed,
    make: () => {
      frameId += 1;
      const id = frameId;
      const image = { width: 4, height: 3, close: () => void closed.push(id) };
      return { frameId: id, capturedAtMs: id * 33, image, intrinsics: defaultIntrinsics(4, 3) };
    },
  };
}

describe('the hand-over of frames', () => {
  it('keeps one in flight and lets the newest replace the waiting one', () => {
    const { make, closed } = countedFrames();
    const sent: number[] = [];
    const handover = new FrameHandover((frame) => sent.push(frame.frameId));
    for (let frame = 0; frame < 4; frame += 1) handover.offer(make());
    expect(sent).toEqual([1]);
    expect(closed).toEqual([2, 3]);
    handover.settle(1);
    expect(sent).toEqual([1, 4]);
    expect(handover.offered).toBe(4);
    expect(handover.replaced).toBe(2);
  });

  it('is not moved by a frame that comes back after it was forgotten', () => {
    const { make } = countedFrames();
    const sent: number[] = [];
    const handover = new FrameHandover((frame) => sent.push(frame.frameId));
    handover.offer(make());
    handover.clear();
    handover.offer(make());
    handover.offer(make());
    handover.settle(1);
    expect(sent).toEqual([1, 2]);
  });

  it('closes or sends every frame exactly once, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('offer', 'settle', 'clear')), (steps) => {
        const { make, closed } = countedFrames();
        const sent: number[] = [];
        let made = 0;
        const handover = new FrameHandover((frame) => sent.push(frame.frameId));
        for (const step of steps) {
          if (step === 'offer') {
            handover.offer(make());
            made += 1;
          } else if (step === 'settle') handover.settle(sent.at(-1) ?? 0);
          else handover.clear();
        }
        handover.clear();
        const all = [...sent, ...closed].sort((a, b) => a - b);
        expect(all).toEqual(Array.from({ length: made }, (_, index) => index + 1));
      }),
    );
  });
});
