import type { PalmCardHold } from '../../scenes/visitor/palm-card.ts';
import { seededRandom } from '../registration/sampling.ts';
import type { HandSample } from './sampling.ts';
import { drawHandSamples } from './sampling.ts';

const degree = Math.PI / 180;

/**
 * People who are measured by a card in their palm, each with some pictures: hands of the bench's own anatomy as one is asked to hold them
 * (palm to the mirror, near, fingers straight and a little apart), the card across the palm as people hold it.
 */
export function drawPalmSamples(people: number, pictures: number, seed: number): HandSample[][] {
  const random = seededRandom(seed + 1);
  const about = (reach: number): number => reach * (2 * random() - 1);
  return drawHandSamples(people, seed).map((person) => {
    const nearMm = 290 + 150 * random();
    const aside = about(60);
    const card: PalmCardHold = {
      upMm: about(8),
      asideMm: about(6),
      turnRad: about(6) * degree,
      leanRad: about(5) * degree,
      gapMm: 2 * random(),
    };
    const [yaw, pitch, roll] = [about(12), about(12), about(15)];
    const spread = 2 + 5 * random();
    return Array.from({ length: pictures }, (): HandSample => {
      const bend = 4 + 10 * random();
      return {
        ...person,
        shows: 'palm',
        yawRad: (yaw + about(5)) * degree,
        pitchRad: (pitch + about(5)) * degree,
        rollRad: (roll + about(4)) * degree,
        positionMm: [aside + about(8), 25 + about(12), -(nearMm + about(12))],
        bends: person.bends.map((of, finger) =>
          finger === 0
            ? ([(25 + about(8)) * degree, 0, (8 + about(8)) * degree, (8 + about(8)) * degree] as const)
            : ([
                (spread * (2.3 - finger) + about(1.5)) * degree,
                (bend + about(4)) * degree,
                (bend + about(4)) * degree,
                (bend / 2 + about(3)) * degree,
              ] as const),
        ),
        card: { ...card, gapMm: card.gapMm + 0.5 * random() },
      };
    });
  });
}
