import type { Vec3 } from '../../sdk/geometry/pose.ts';
import {
  addVectors,
  angleBetweenRad,
  rotateVector,
  subtractVectors,
  transformPoint,
} from '../../sdk/geometry/pose-algebra.ts';
import type { BenchResult } from '../bench-result.ts';
import { noPairs, rowOf } from './pairs.ts';
import { runOnVisitor } from './filming.ts';
import { headAt, usualFilm } from './films.ts';

const pictures = 6;
const bodyYaws = [-25, 0, 25] as const;
const headTurns = [-40, -20, 0, 20, 40] as const;
/** The pit of the neck in the frame of a head that looks straight ahead, mm. */
const pitOfTheNeckMm: Vec3 = [0, -190, -24];
/** Where three people's heads turn on their necks: none knows the other's. */
const necksMm = [
  [0, -95, -50],
  [0, -104, -60],
  [0, -125, -84],
] as const satisfies readonly Vec3[];
const better = 'better than the reference';
const degreesPerRad = 180 / Math.PI;

/**
 * Whether what hangs on the neck follows the shoulders: visitors whose body stands still while the head turns up to 40° on
 * it. Reference: a frame
 * attached to the head as it truly is.
 */
export function runBody(): Promise<BenchResult> {
  return runOnVisitor('body', 'a frame attached to the true head', async (page) => {
    const turns = noPairs();
    const wanders = noPairs();
    let [films, found] = [0, 0];
    for (const [person, look] of (['light', 'tan', 'deep'] as const).entries()) {
      const neckMm = necksMm[person] ?? necksMm[0];
      for (const bodyYaw of bodyYaws) {
        const necks = { ours: [] as Vec3[], reference: [] as Vec3[] };
        const body = headAt(bodyYaw, 0, 0, [0, 0, 0]).rotation;
        for (const turn of headTurns) {
          films += 1;
          const head = headAt(bodyYaw + turn, 0, 0, [20, 60, -700 - 40 * person]);
          const seen = await page.evaluate((film) => globalThis.window.visitor.film(film), {
            ...usualFilm,
            look,
            withBody: true,
            neckMm,
            pictures: Array.from({ length: pictures }, () => ({
              pose: head,
              bodyRotation: body,
            })),
          });
          if (seen.torso === null || seen.neckMm === null) continue;
          found += 1;
          turns.ours.push(angleBetweenRad(seen.torso.rotation, body) * degreesPerRad);
          turns.reference.push(angleBetweenRad(head.rotation, body) * degreesPerRad);
          // The head stands in one place as it turns, so the body under it does not: both are taken from where the pit truly is.
          const truth = addVectors(
            transformPoint(head, neckMm),
            rotateVector(body, subtractVectors(pitOfTheNeckMm, neckMm)),
          );
          necks.ours.push(subtractVectors(asVec3(seen.neckMm), truth));
          necks.reference.push(subtractVectors(transformPoint(head, pitOfTheNeckMm), truth));
        }
        wanders.ours.push(...wanderOf(necks.ours));
        wanders.reference.push(...wanderOf(necks.reference));
      }
    }
    return [
      {
        what: 'bodies found',
        unit: '%',
        ours: (100 * found) / films,
        reference: null,
        samples: films,
      },
      rowOf('torso turned wrongly, median', '°', turns, 0.5, better),
      rowOf('torso turned wrongly, p95', '°', turns, 0.95, better),
      rowOf('pit of the neck wanders as the head turns, median', 'mm', wanders, 0.5, better),
      rowOf('pit of the neck wanders as the head turns, p95', 'mm', wanders, 0.95, better),
    ];
  });
}

function asVec3([x = 0, y = 0, z = 0]: readonly number[]): Vec3 {
  return [x, y, z];
}

/** How far each miss is from the middle of them, across the view: depth is not what a client sees. */
function wanderOf(places: readonly Vec3[]): number[] {
  const middle = (axis: 0 | 1): number =>
    places.reduce((sum, place) => sum + place[axis], 0) / Math.max(1, places.length);
  return places.map((place) => Math.hypot(place[0] - middle(0), place[1] - middle(1)));
}
