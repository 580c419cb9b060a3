import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';

/** The size and rate at which Chromium plays a film as its fake camera best. */
export const clipWidthPx = 640;
export const clipHeightPx = 480;
export const clipFramesPerSecond = 30;

/** A point of the source photograph, in its own pixels. */
export interface PhotoPoint {
  readonly x: number;
  readonly y: number;
}

/** Marked by hand on `astronaut.png` (512×512), eight times enlarged; a pixel either way. */
export const astronautTruth = {
  rightPupil: { x: 204.3, y: 101.4 },
  leftPupil: { x: 247.1, y: 103.3 },
  /** Where a spectacles' bridge would rest: on the nose's ridge, at the height of the lower lids. */
  noseBridge: { x: 225.4, y: 106 },
  chin: { x: 221.9, y: 178.4 },
  rightEarlobe: { x: 178, y: 127 },
  leftEarlobe: { x: 271, y: 133 },
} as const satisfies Record<string, PhotoPoint>;

/** Hairline (hidden by the fringe) to chin on the photograph, in its pixels. */
export const astronautFaceHeightPx = 115;

/** Where the photograph lies on one frame: `framePx = offset + scale · photoPx`. */
export interface PhotoPlacement {
  readonly scale: number;
  readonly offsetXPx: number;
  readonly offsetYPx: number;
}

/** A film: where the photograph lies on each of its frames, which repeat for ever. */
export interface ClipScript {
  readonly name: string;
  readonly frames: number;
  readonly placementAt: (frame: number) => PhotoPlacement;
  /** The right half of each frame is the left one the other way round: two people. */
  readonly twice?: true;
}

/** A face that does not move, a little left of the middle. */
export const stillFaceClip: ClipScript = {
  name: 'still-face',
  frames: 4,
  placementAt: () => ({ scale: 1.8, offsetXPx: -110, offsetYPx: 0 }),
};

/** A face that sways from side to side over 160 pixels, back and forth in three seconds. */
export const movingFaceClip: ClipScript = {
  name: 'moving-face',
  frames: 90,
  placementAt: (frame) => ({
    scale: 1.8,
    offsetXPx: Math.round(-150 + 80 * Math.sin((2 * Math.PI * frame) / 90)),
    offsetYPx: 0,
  }),
};

/** Two faces side by side, each a little away from the middle of their half. */
export const twoFacesClip: ClipScript = {
  name: 'two-faces',
  frames: 4,
  placementAt: () => ({ scale: 1.3, offsetXPx: -110, offsetYPx: 60 }),
  twice: true,
};

/** The frame number is written on the picture in eight blocks, least first, so that a test knows which one it sees. */
export const frameCode = { blockPx: 16, blocks: 8 } as const;

/** Where a point of the photograph appears on a frame. */
export function placedPoint(placement: PhotoPlacement, point: PhotoPoint): PhotoPoint {
  return {
    x: placement.offsetXPx + placement.scale * point.x,
    y: placement.offsetYPx + placement.scale * point.y,
  };
}

/** Makes a film from a photograph in a cache folder of the system's, or finds it there; gives its path. */
export async function makeClip(photoPath: string, script: ClipScript): Promise<string> {
  const placements = Array.from({ length: script.frames }, (_, frame) => script.placementAt(frame));
  const key = createHash('sha256')
    .update(readFileSync(photoPath))
    .update(JSON.stringify([placements, script.twice, frameCode, clipWidthPx, clipHeightPx]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), 'vitrine-test-clips');
  const path = join(folder, `${script.name}-${key}.mjpeg`);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const frames: Buffer[] = [];
  for (const [frame, placement] of placements.entries()) {
    frames.push(await drawFrame(photoPath, placement, frame, script.twice ?? false));
  }
  const unfinished = `${path}.${process.pid}`;
  writeFileSync(unfinished, Buffer.concat(frames));
  renameSync(unfinished, path);
  return path;
}

async function drawFrame(
  photoPath: string,
  placement: PhotoPlacement,
  frame: number,
  twice: boolean,
): Promise<Buffer> {
  const { width, height } = await sharp(photoPath).metadata();
  const left = Math.max(0, -placement.offsetXPx);
  const top = Math.max(0, -placement.offsetYPx);
  const scaledWidth = Math.round(width * placement.scale);
  const scaledHeight = Math.round(height * placement.scale);
  const x = Math.max(0, placement.offsetXPx);
  const y = Math.max(0, placement.offsetYPx);
  const endPx = twice ? clipWidthPx / 2 : clipWidthPx;
  const photo = await sharp(photoPath)
    .resize(scaledWidth, scaledHeight, { kernel: 'cubic' })
    .extract({
      left,
      top,
      width: Math.min(scaledWidth - left, endPx - x),
      height: Math.min(scaledHeight - top, clipHeightPx - y),
    })
    .toBuffer();
  const code = Array.from({ length: frameCode.blocks }, (_, bit) => ({
    input: {
      create: {
        width: frameCode.blockPx,
        height: frameCode.blockPx,
        channels: 3 as const,
        background: ((frame >> bit) & 1) === 1 ? '#fff' : '#000',
      },
    },
    left: bit * frameCode.blockPx,
    top: clipHeightPx - frameCode.blockPx,
  }));
  return sharp({
    create: { width: clipWidthPx, height: clipHeightPx, channels: 3, background: '#9a9a98' },
  })
    .composite([
      { input: photo, left: x, top: y },
      ...(twice ? [{ input: await sharp(photo).flop().toBuffer(), left: endPx, top: y }] : []),
      ...code,
    ])
    .jpeg({ quality: 90 })
    .toBuffer();
}
