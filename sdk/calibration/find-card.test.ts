import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../bench/registration/sampling.ts';
import { drawCard } from '../../tests/support/card-picture.ts';
import { describeOnHost, mediaPath, present } from '../../tests/support/host.ts';
import { projectCard } from '../geometry/card.ts';
import type { Quad } from '../geometry/homography.ts';
import { defaultIntrinsics, intrinsicsFromVerticalFov } from '../geometry/intrinsics.ts';
import { quaternionFromYawPitchRoll } from '../geometry/pose-algebra.ts';
import { findCard } from './find-card.ts';
import { lumaOf } from './luma-picture.ts';

const [widthPx, heightPx] = [640, 360];
const camera = intrinsicsFromVerticalFov(widthPx, heightPx, 0.9);
/** What the wizard believes of a camera that it does not know yet. */
const guessed = defaultIntrinsics(widthPx, heightPx);
const degree = Math.PI / 180;

function heldCard(random: () => number): Parameters<typeof drawCard>[0] {
  const within = (low: number, high: number): number => low + (high - low) * random();
  const dark = random() < 0.5;
  return {
    intrinsics: camera,
    cameraFromCard: {
      rotation: quaternionFromYawPitchRoll(
        within(-40, 40) * degree,
        within(-35, 35) * degree,
        within(-6, 6) * degree,
      ),
      translationMm: [within(-15, 15), within(-10, 10), -within(170, 300)],
    },
    seed: Math.floor(random() * 1e6),
    card: dark ? within(40, 70) : within(175, 215),
    ground: dark ? within(130, 170) : within(60, 120),
    noise: within(1, 4),
    blurPx: within(0.5, 1.1),
    texture: within(0, 12),
  };
}

/** The outline as a person aims at it: off by up to a tenth of the card. */
function aimedAt(truth: Quad, random: () => number): Quad {
  const spanPx = Math.hypot(truth[0][0] - truth[2][0], truth[0][1] - truth[2][1]);
  const [shiftU, shiftV] = [(random() - 0.5) * 0.1 * spanPx, (random() - 0.5) * 0.1 * spanPx];
  const grow = 0.95 + 0.1 * random();
  const middle = [0, 1].map((axis) => truth.reduce((sum, corner) => sum + (corner[axis] ?? 0), 0) / 4);
  const moved = ([u, v]: readonly [number, number]): readonly [number, number] => [
    (middle[0] ?? 0) + (u - (middle[0] ?? 0)) * grow + shiftU,
    (middle[1] ?? 0) + (v - (middle[1] ?? 0)) * grow + shiftV,
  ];
  return [moved(truth[0]), moved(truth[1]), moved(truth[2]), moved(truth[3])];
}

function missPx(found: Quad, truth: Quad): number {
  return Math.max(
    ...truth.map(([u, v], corner) =>
      Math.hypot((found[corner]?.[0] ?? 0) - u, (found[corner]?.[1] ?? 0) - v),
    ),
  );
}

describe('a card in a picture', () => {
  it('is found by its edges to a fraction of a pixel', () => {
    const random = seededRandom(411);
    const misses: number[] = [];
    for (let run = 0; run < 14; run += 1) {
      const scene = heldCard(random);
      const truth = projectCard(camera, scene.cameraFromCard!);
      const found = findCard(drawCard(scene), aimedAt(truth, random), guessed);
      if (found !== null) misses.push(missPx(found.corners, truth));
    }
    misses.sort((a, b) => a - b);
    expect(misses.length).toBeGreaterThanOrEqual(13);
    expect(misses[Math.floor(misses.length / 2)]).toBeLessThan(0.3);
    expect(misses.at(-1)).toBeLessThan(0.6);
  }, 60_000);

  it('is found under fingers that hold it', () => {
    const random = seededRandom(52);
    const misses: number[] = [];
    for (let run = 0; run < 8; run += 1) {
      const scene = {
        ...heldCard(random),
        fingersMm: [
          [43, -8, 7.5],
          [-43, 2, 7],
          [-36, -27, 7],
        ] as const,
      };
      const truth = projectCard(camera, scene.cameraFromCard!);
      const found = findCard(drawCard(scene), aimedAt(truth, random), guessed);
      if (found !== null) misses.push(missPx(found.corners, truth));
    }
    misses.sort((a, b) => a - b);
    expect(misses.length).toBeGreaterThanOrEqual(7);
    expect(misses[Math.floor(misses.length / 2)]).toBeLessThan(0.3);
  }, 60_000);

  it('is found in two hands that hide most of its sides, by who knows to expect that', () => {
    const random = seededRandom(271);
    const misses: number[] = [];
    let freely = 0;
    for (let run = 0; run < 4; run += 1) {
      const scene = {
        ...heldCard(random),
        fingersMm: [
          [44, -4, 11],
          [-44, 3, 11],
        ] as const,
      };
      const truth = projectCard(camera, scene.cameraFromCard!);
      const picture = drawCard(scene);
      const guide = aimedAt(truth, random);
      if (findCard(picture, guide, guessed) !== null) freely += 1;
      const found = findCard(picture, guide, guessed, 'by-two-sides');
      if (found !== null) misses.push(missPx(found.corners, truth));
    }
    misses.sort((a, b) => a - b);
    expect(freely).toBe(0);
    expect(misses).toHaveLength(4);
    expect(misses[Math.floor(misses.length / 2)]).toBeLessThan(0.4);
  }, 60_000);

  it('is not seen where there is none', () => {
    const random = seededRandom(8);
    const scene = heldCard(random);
    let seen = 0;
    for (let run = 0; run < 24; run += 1) {
      const empty = {
        ...heldCard(random),
        cameraFromCard: null,
        texture: run % 2 === 0 ? 40 : 5,
        noise: run % 3 === 0 ? 25 : 4,
        blurPx: run % 4 === 0 ? 0 : 1,
      };
      const guide = aimedAt(projectCard(camera, scene.cameraFromCard!), random);
      const picture = drawCard(empty);
      for (const held of ['freely', 'by-two-sides'] as const) {
        if (findCard(picture, guide, guessed, held) !== null) seen += 1;
      }
    }
    expect(seen).toBe(0);
  }, 60_000);
});

describeOnHost('a photograph without a card', ['astronaut'], () => {
  it('shows none, wherever one looks', { timeout: 60_000 }, async () => {
    const { data, info } = await sharp(present(mediaPath('astronaut.png')))
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const picture = lumaOf(data, info.width, info.height);
    const intrinsics = defaultIntrinsics(info.width, info.height);
    const random = seededRandom(99);
    const found = Array.from({ length: 300 }, (_, look) =>
      findCard(
        picture,
        projectCard(intrinsics, {
          rotation: quaternionFromYawPitchRoll(random() - 0.5, random() - 0.5, random() - 0.5),
          translationMm: [(random() - 0.5) * 120, (random() - 0.5) * 120, -200 - 250 * random()],
        }),
        intrinsics,
        look % 2 === 0 ? 'freely' : 'by-two-sides',
      ),
    ).filter((sighting) => sighting !== null);
    expect(found).toEqual([]);
  });
});
