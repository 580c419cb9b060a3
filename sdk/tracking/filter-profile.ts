import type { CalmSettings } from '../geometry/calm-gate.ts';

/** What a filter follows. */
export type FilterProfile = 'face' | 'finger' | 'wrist' | 'torso';

/** Kinds of pieces, by what carries them. */
export type FilteredCategory =
  'eyewear' | 'hat' | 'earrings' | 'necklace' | 'ring' | 'bracelet' | 'watch' | 'bag' | 'makeup';

/** How each part of a pose is kept still. */
export interface PoseFilterSettings {
  /** In units of depth: 1 px is 0.0011 at the kit's default field of view and 720 lines. */
  readonly bearing: CalmSettings;
  /** In shares of the depth. */
  readonly depth: CalmSettings;
  /** In radians. */
  readonly rotation: CalmSettings;
}

const face: PoseFilterSettings = {
  bearing: { restRate: 0.2, leastNoise: 2e-5, mostNoise: 3e-4 },
  depth: { restRate: 0.2, leastNoise: 2e-4, mostNoise: 4e-3 },
  rotation: { restRate: 0.2, leastNoise: 4e-4, mostNoise: 6e-3 },
};

/** Fewer and noisier landmarks on something quick: wider bounds of the noise, and a rest that holds for less long. */
const finger: PoseFilterSettings = {
  bearing: { restRate: 0.5, leastNoise: 1e-4, mostNoise: 2e-3 },
  depth: { restRate: 0.5, leastNoise: 1e-3, mostNoise: 2e-2 },
  rotation: { restRate: 0.5, leastNoise: 3e-3, mostNoise: 5e-2 },
};

/** A slow body with the noisiest landmarks. */
const torso: PoseFilterSettings = {
  bearing: { restRate: 0.2, leastNoise: 2e-4, mostNoise: 4e-3 },
  depth: { restRate: 0.2, leastNoise: 2e-3, mostNoise: 4e-2 },
  rotation: { restRate: 0.2, leastNoise: 4e-3, mostNoise: 6e-2 },
};

/**
 * The settings of each profile. The face's come from drawn heads with sensor noise through the real network (the bench
 * jitter's takes, seeds 7 and 8, at 60 and 120 cm): noise of 1.2e-5 to 3.4e-5 in bearing, 1.4e-4 to 3e-4 in depth, 1e-4 to
 * 7e-4 rad in rotation. Hands and torso were not measured: theirs are the face's widened by an assumed factor of five to ten,
 * within which every filter learns the true noise as it runs.
 */
export const filterProfiles: Readonly<Record<FilterProfile, PoseFilterSettings>> = {
  face,
  finger,
  wrist: finger,
  torso,
};

/** Which profile carries which kind of piece. */
export const profileOfCategory: Readonly<Record<FilteredCategory, FilterProfile>> = {
  eyewear: 'face',
  hat: 'face',
  earrings: 'face',
  makeup: 'face',
  necklace: 'torso',
  bag: 'torso',
  ring: 'finger',
  bracelet: 'wrist',
  watch: 'wrist',
};
