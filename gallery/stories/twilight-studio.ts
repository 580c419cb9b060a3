import { Color } from 'three';
import type { Studio } from '../../scenes/light/studio.ts';
import type { StillLife, SurfaceName } from './still-life.ts';

/** Grounds that throw light back up, into the undersides of metal. */
const paleGrounds: ReadonlySet<SurfaceName> = new Set([
  'limestone',
  'marble',
  'linen',
  'ivory-paper',
  'rose-paper',
]);

/** What the metal of a still life reflects: its sun as a low window, a long strip across from it, and a dim room. */
export function twilightStudio({ sun, sky, ground }: StillLife): Studio {
  const tintOf = (colour: string): [number, number, number] => {
    const { r, g, b } = new Color(colour);
    return [r / g, 1, b / g];
  };
  const day = tintOf(sun.colour);
  const dusk = tintOf(sky.colour);
  return {
    boxes: [
      {
        azimuthDeg: sun.azimuthDeg,
        elevationDeg: sun.elevationDeg + 8,
        widthDeg: 44,
        heightDeg: 58,
        rollDeg: 0,
        radiance: 6.5,
        tint: day,
        softness: 0.3,
      },
      {
        azimuthDeg: sun.azimuthDeg > 0 ? sun.azimuthDeg - 128 : sun.azimuthDeg + 128,
        elevationDeg: 24,
        widthDeg: 14,
        heightDeg: 84,
        rollDeg: 4,
        radiance: 3.4,
        tint: dusk,
        softness: 0.3,
      },
      {
        azimuthDeg: 6,
        elevationDeg: 78,
        widthDeg: 90,
        heightDeg: 28,
        rollDeg: 0,
        radiance: 2.8,
        tint: dusk,
        softness: 0.4,
      },
    ],
    ceiling: 0.3 * Math.min(1, sky.strength),
    horizon: paleGrounds.has(ground.of) ? 0.3 : 0.13,
    floor: paleGrounds.has(ground.of) ? 0.5 : 0.08,
  };
}
