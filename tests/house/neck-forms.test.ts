import { describe, expect, it } from 'vitest';
import { uncutNeckMm } from '../../assets/forge/mannequin/neck-form.ts';
import { neckFormMm } from '../../scenes/physics/neck-form.ts';

/** Where the pit of the mannequin's neck is in its head frame, millimetres. */
const pitMm = [0, -187, -20] as const;

/** The skin from an axis in the neck, in a direction that is level. */
function skinMm(distance: (x: number, y: number, z: number) => number, y: number, angleRad: number): number {
  let reach = 5;
  while (reach < 200 && distance(reach * Math.cos(angleRad), y, -55 + reach * Math.sin(angleRad)) < 0)
    reach += 0.1;
  return reach;
}

describe('the neck that chains are laid on', () => {
  it('is the mannequin’s own, to four millimetres, from under the jaw to the pit', () => {
    for (let y = 0; y <= 90; y += 10) {
      // Below, a chest goes on where the bust is cut. Behind the collar bones the two differ: a ledge, which no chain reaches.
      const degrees = y > 5 && y < 35 ? [-90, -60, 45, 60, 75, 90] : [-90, -60, -30, 15, 45, 60, 75, 90];
      for (const angle of degrees) {
        const angleRad = (angle * Math.PI) / 180;
        const [x, z] = [pitMm[0], pitMm[2]];
        const theirs = skinMm((u, v, w) => uncutNeckMm(u + x, v + pitMm[1], w + z), y, angleRad);
        expect(Math.abs(skinMm(neckFormMm, y, angleRad) - theirs), `${y} mm up, ${angle}°`).toBeLessThan(4);
      }
    }
  });
});
