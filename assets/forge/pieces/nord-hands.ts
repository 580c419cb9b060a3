import type { PartSurface } from '../document/piece-spec.ts';
import type { Vec2 } from '../geometry/vector.ts';
import { barrel } from '../geometry/lathe.ts';
import { bySlot, mapParts } from '../parts/slots.ts';
import { place, translate } from '../geometry/surface.ts';
import { profiledPlate } from '../geometry/profiled-plate.ts';
import { rounded } from '../geometry/turned.ts';
import { roofedBar } from '../parts/watch-dial.ts';
import { vec2, vec3 } from '../geometry/vector.ts';

/** Height of each hand's underside over the case back. */
export const nordHandsZ = { hour: 7.12, minute: 7.44, second: 7.78 } as const;

function outline(corners: readonly (readonly [number, number, number])[]): Vec2[] {
  const half = corners.map(([x, y, roundMm]) => ({ p: vec2(x, y), roundMm }));
  const mirrored = half
    .filter(({ p }) => p.x > 0)
    .map(({ p, roundMm }) => ({ p: vec2(-p.x, p.y), roundMm }))
    .toReversed();
  return rounded([...half, ...mirrored], '', 4).map(({ p }) => p);
}

/** A hub about z. */
function hub(radiusMm: number, from: number, to: number, slot: string): PartSurface {
  return {
    slot,
    surface: place(barrel(radiusMm, from, to, 0.06, 24), {
      origin: vec3(0, 0, 0),
      x: vec3(1, 0, 0),
      y: vec3(0, 0, 1),
      z: vec3(0, -1, 0),
    }),
  };
}

/** A tapered baton with a luminous inlay between polished rails. */
function baton(
  lengthMm: number,
  rootMm: number,
  tipMm: number,
  tailMm: number,
  lumeFrom: number,
): PartSurface[] {
  const plate = profiledPlate({
    outer: outline([
      [rootMm * 0.32, -tailMm, 0.2],
      [rootMm / 2, 0, 2],
      [tipMm / 2, lengthMm - tipMm * 0.62, 0.3],
      [0, lengthMm, 0.2],
    ]),
    wall: [
      { insetMm: 0.15, z: 0.2, slot: 'handPolished' },
      { insetMm: 0.01, z: 0.07, slot: 'handPolished' },
      { insetMm: 0, z: 0, slot: 'handPolished' },
    ],
    frontSlot: 'handBrushed',
    backSlot: 'handPolished',
    edgeMm: 0.5,
  });
  const inset = 0.24;
  const at = (y: number): number => (rootMm + (tipMm - rootMm) * (y / lengthMm)) / 2 - inset;
  const to = lengthMm - tipMm * 0.62 - inset * 0.7;
  const lume = profiledPlate({
    outer: outline([
      [at(lumeFrom), lumeFrom, 0.14],
      [at(to), to, 0.12],
      [0, to + tipMm * 0.3, 0.08],
    ]),
    wall: [
      { insetMm: 0.05, z: 0.235, slot: 'lume' },
      { insetMm: 0, z: 0.205, slot: 'lume' },
      { insetMm: 0, z: 0.1, slot: 'lume' },
    ],
    frontSlot: 'lume',
    backSlot: 'lume',
    edgeMm: 0.3,
  });
  return [...plate, ...lume];
}

/** Hour, minute and second hand, each about z at its own node's origin and pointing to 12. */
export function nordHands(): {
  readonly hour: PartSurface[];
  readonly minute: PartSurface[];
  readonly second: PartSurface[];
} {
  const hour = bySlot([...baton(9.1, 1.7, 1.25, 2.2, 2.6), hub(1.3, -0.5, 0.24, 'handPolished')]);
  const minute = bySlot([...baton(13.9, 1.5, 0.95, 2.6, 3), hub(1.1, -0.4, 0.24, 'handPolished')]);
  const needle = roofedBar({
    widthAt: (y) => (y < -2.2 ? 0.62 : 0.3 - 0.012 * Math.max(0, y)),
    fromMm: -4.4,
    toMm: 15.1,
    wallMm: 0.08,
    ridgeMm: 0.15,
    steps: 26,
    polished: 'second',
    brushed: 'second',
  });
  const second = bySlot([
    ...mapParts(needle, (surface) => translate(surface, vec3(0, 0, 0))),
    hub(0.72, -0.3, 0.24, 'handPolished'),
    hub(0.34, 0.2, 0.36, 'handPolished'),
  ]);
  return { hour, minute, second };
}
