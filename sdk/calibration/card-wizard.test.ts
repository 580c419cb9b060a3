import { describe, expect, it } from 'vitest';
import { drawCard } from '../../tests/support/card-picture.ts';
import { intrinsicsFromVerticalFov } from '../geometry/intrinsics.ts';
import type { Pose } from '../geometry/pose.ts';
import { multiplyQuaternions, quaternionFromYawPitchRoll } from '../geometry/pose-algebra.ts';
import { CardWizard, wantedPose, wizardViews } from './card-wizard.ts';
import type { LumaPicture } from './luma-picture.ts';

const [widthPx, heightPx] = [640, 360];
/** A camera unlike the default that the wizard starts from. */
const camera = intrinsicsFromVerticalFov(widthPx, heightPx, (55 * Math.PI) / 180);

function picture(cameraFromCard: Pose | null, seed: number): LumaPicture {
  return drawCard({
    intrinsics: camera,
    cameraFromCard,
    seed,
    card: 205,
    ground: 90,
    noise: 2,
    blurPx: 0.7,
    texture: 8,
  });
}

/** As a person would: nearly as the outline shows. */
function nearly(pose: Pose): Pose {
  return {
    rotation: multiplyQuaternions(pose.rotation, quaternionFromYawPitchRoll(0.03, -0.02, 0.03)),
    translationMm: [4, -3, pose.translationMm[2] * 1.03],
  };
}

describe('the wizard', () => {
  it('leads through every view and ends with a field of view that holds the truth', () => {
    const wizard = new CardWizard(widthPx, heightPx);
    for (const [index, view] of wizardViews.entries()) {
      expect(wizard.wanted).toBe(view);
      const shown = picture(nearly(wantedPose(view, camera)), index + 1);
      const sights = Array.from({ length: 6 }, () => wizard.look(shown).kind);
      expect(sights).toEqual([...Array<string>(5).fill('hold-still'), 'taken']);
    }
    expect(wizard.wanted).toBeNull();
    const found = wizard.calibration();
    expect(found.ok).toBe(true);
    if (!found.ok) return;
    expect(Math.abs(found.value.focalPx - camera.fxPx)).toBeLessThan(found.value.focalPlusMinusPx);
    expect(found.value.focalPlusMinusPx / camera.fxPx).toBeLessThan(0.01);
    expect(found.value.rmsPx).toBeLessThan(0.3);
  }, 60_000);

  it('takes no view that is not turned as wanted, and says what to do', () => {
    const wizard = new CardWizard(widthPx, heightPx);
    expect(wizard.look(picture(null, 1)).kind).toBe('no-card');
    const far = picture(nearly(wantedPose('far', camera)), 2);
    // Found where the outline is only once it was followed there.
    expect(['no-card', 'not-yet']).toContain(wizard.look(far).kind);
    wizard.skip();
    wizard.skip();
    expect(wizard.wanted).toBe('turned-left');
    const straight = { ...nearly(wantedPose('turned-left', camera)), rotation: [0, 0, 0, 1] as const };
    expect(wizard.look(picture(straight, 3))).toMatchObject({ kind: 'not-yet', want: 'tilt' });
    expect(wizard.taken).toEqual([]);
  }, 60_000);

  it('waits while the card moves', () => {
    const wizard = new CardWizard(widthPx, heightPx);
    const near = nearly(wantedPose('near', camera));
    for (let step = 0; step < 7; step += 1) {
      const moved = { ...near, translationMm: [step * 3, 0, near.translationMm[2]] as const };
      expect(wizard.look(picture(moved, step))).toMatchObject({ kind: 'hold-still', progress: 1 / 6 });
    }
  }, 60_000);
});
