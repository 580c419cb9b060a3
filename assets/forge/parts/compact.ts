import type { PartNode } from '../document/piece-spec.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { barrel, lathe } from '../geometry/lathe.ts';
import { fluted } from '../geometry/fluted.ts';
import { measuredUv, ringAbout, skin } from '../geometry/skin.ts';
import { smoothNormals } from '../geometry/smooth-normals.ts';
import { merge, place, translate } from '../geometry/surface.ts';
import { radians, smoothstep, vec2, vec3 } from '../geometry/vector.ts';
import { roundedBox } from './rounded-box.ts';

/** A round compact: a base that holds the pan, a lid with a mirror, closed 14 mm high. */
export const compactSize = {
  diameterMm: 62,
  closedMm: 14,
  baseMm: 8.2,
  panMm: 46,
  mirrorMm: 51,
  flutes: 56,
  fluteMm: 0.34,
  openDeg: 108,
} as const;

/** A broad body in many flutes: coarser than a lipstick's, or it costs too much. */
const detail = { perFlute: 4, arcSteps: 2 } as const;

/** The relief that is pressed into the powder, by the place in the pan: height in mm over its plain. */
export type Relief = (radiusMm: number, angleRad: number) => number;

const panRadius = compactSize.panMm / 2;
/** The border that a press leaves plain. */
const within = (r: number): number => 1 - smoothstep(panRadius - 3.4, panRadius - 2.4, r);

/** Rays from a small sun: for the cheek. */
export const rays: Relief = (r, angle) => {
  const ray = Math.abs(Math.cos(angle * 12)) ** 0.8;
  const sun = smoothstep(4.6, 4, r);
  return 0.6 * ray * smoothstep(5, 7, r) * within(r) + 0.6 * sun * (1 - 0.4 * (r / 4.6) ** 2);
};

/** Waves that widen from the rim, as rings on water: for the lid. */
export const waves: Relief = (r, angle) => {
  const [x, z] = [r * Math.cos(angle), r * Math.sin(angle)];
  const far = Math.hypot(x, z - 15);
  return 0.55 * (0.5 + 0.5 * Math.cos((far * 2 * Math.PI) / 3.6)) * within(r);
};

const hingeZ = -compactSize.diameterMm / 2 + 0.6;
const hingeY = compactSize.baseMm;

/** The powder in its pan: a heightfield over a disc, its rim rounded down into the metal. */
function powder(relief: Relief): Surface {
  const around = 144;
  const rings: Vec3[][] = [];
  const y = compactSize.baseMm - 1.5;
  const ring = (r: number, heightAt: (angle: number) => number): Vec3[] =>
    ringAbout(around, (angle) => ({ r, y: heightAt(angle) }));
  const foot = y - 2.6;
  rings.push(
    ring(0, () => foot),
    ring(panRadius, () => foot),
    ring(panRadius, () => y - 0.35),
  );
  rings.push(
    ring(panRadius - 0.12, () => y - 0.1),
    ring(panRadius - 0.4, () => y),
  );
  const steps = 34;
  for (let step = 1; step <= steps; step += 1) {
    const r = (panRadius - 0.4) * (1 - step / steps);
    // The pole is one place, so its height may not depend on the angle.
    rings.push(ring(r, (angle) => y + (step === steps ? relief(0, 0) : relief(r, angle))));
  }
  const pressed = smoothNormals(skin(rings, measuredUv(rings)));
  // Little light comes into the furrows, and no renderer of a shop's mirror works that out.
  return {
    ...pressed,
    vertices: pressed.vertices.map((vertex) => ({
      ...vertex,
      shade: 0.62 + 0.38 * smoothstep(y - 0.1, y + 0.4, vertex.position.y),
    })),
  };
}

function base(): Surface {
  const { diameterMm, baseMm, flutes, fluteMm } = compactSize;
  const r = diameterMm / 2;
  return fluted(
    [
      { r: r - 7, y: 0 },
      { r: r - 2.4, y: 0, round: 0.6 },
      { r: r - 0.4, y: 1.2, round: 0.5 },
      { r, y: 1.8, round: 0.4 },
      { r, y: 2.2, flute: fluteMm, round: 0.2 },
      { r, y: baseMm - 1.5, flute: fluteMm, round: 0.2 },
      { r, y: baseMm - 1.1, round: 0.2 },
      { r, y: baseMm - 0.15, round: 0.3 },
      { r: r - 0.5, y: baseMm, round: 0.2 },
      { r: r - 2.2, y: baseMm, round: 0.3 },
      { r: r - 2.5, y: baseMm - 0.7, round: 0.2 },
      { r: panRadius + 1.6, y: baseMm - 0.8, round: 0.2 },
      { r: panRadius + 1.3, y: baseMm - 0.45, round: 0.2 },
      { r: panRadius + 0.7, y: baseMm - 0.45, round: 0.2 },
      { r: panRadius + 0.12, y: baseMm - 1.1, round: 0.2 },
      { r: panRadius + 0.12, y: baseMm - 4.3, round: 0.1 },
      { r: 1, y: baseMm - 4.3 },
    ],
    flutes,
    detail,
  );
}

/** The lid as it lies closed, its inside down; y from the base's upper edge. */
function lid(): { readonly metal: Surface; readonly mirror: Surface } {
  const { diameterMm, closedMm, baseMm, flutes, fluteMm, mirrorMm } = compactSize;
  const r = diameterMm / 2;
  const top = closedMm - baseMm;
  const m = mirrorMm / 2;
  const metal = fluted(
    [
      { r: 1, y: 1.9 },
      { r: m + 0.1, y: 1.9, round: 0.1 },
      { r: m + 0.1, y: 0.9, round: 0.2 },
      { r: m + 0.7, y: 0.35, round: 0.3 },
      { r: r - 1.6, y: 0.3, round: 0.2 },
      { r: r - 1.4, y: 0.06, round: 0.1 },
      { r: r - 0.5, y: 0.06, round: 0.2 },
      { r, y: 0.2, round: 0.3 },
      { r, y: 1.1, round: 0.2 },
      { r, y: 1.5, flute: fluteMm, round: 0.2 },
      { r, y: top - 2.6, flute: fluteMm, round: 0.2 },
      { r, y: top - 2.2, round: 0.3 },
      { r: r - 0.35, y: top - 1.5, round: 0.7 },
      { r: r - 2.2, y: top - 0.55, round: 0.9 },
      { r: r - 9, y: top - 0.18, round: 3 },
      { r: 1, y: top },
    ],
    flutes,
    detail,
  );
  // A bevelled glass, its face to −y.
  const mirror = lathe([vec2(0, 1.15), vec2(m - 1.4, 1.15), vec2(m, 1.5), vec2(m, 1.88), vec2(0, 1.88)], 128);
  return { metal, mirror };
}

/** Barrels along x about the pin, `middles` their middles. */
function barrels(middles: readonly number[], halfMm: number): Surface {
  const one = barrel(1.5, -halfMm, halfMm, 0.25, 28);
  const across = { origin: vec3(0, 0, 0), x: vec3(0, -1, 0), y: vec3(1, 0, 0), z: vec3(0, 0, 1) };
  return merge(middles.map((x) => translate(place(one, across), vec3(x, 0, -1.4))));
}

/** The open compact as two nodes, the lid on its hinge; slots `metal`, `powder`, `mirror`. */
export function compact(relief: Relief): PartNode[] {
  const { openDeg, diameterMm, baseMm } = compactSize;
  const cover = lid();
  const [c, s] = [Math.cos(radians(openDeg)), Math.sin(radians(openDeg))];
  // Closed, the lid's frame is the base's; open, it is turned back about the pin.
  const swing = {
    origin: vec3(0, 0, 0),
    x: vec3(1, 0, 0),
    y: vec3(0, c, -s),
    z: vec3(0, s, c),
  };
  const opened = (surface: Surface): Surface => place(translate(surface, vec3(0, 0, -hingeZ)), swing);
  const catchPlate = translate(
    roundedBox(11, 2.4, 1.5, 0.3, 0.5),
    vec3(0, baseMm - 1.9, diameterMm / 2 + 0.35),
  );
  const knuckles = translate(barrels([-6.4, 0, 6.4], 1.55), vec3(0, hingeY, hingeZ));
  return [
    { name: 'base', surfaces: [{ slot: 'metal', surface: merge([base(), catchPlate, knuckles]) }] },
    { name: 'pan', surfaces: [{ slot: 'powder', surface: powder(relief) }] },
    {
      name: 'lid',
      translationMm: vec3(0, hingeY, hingeZ),
      surfaces: [
        { slot: 'metal', surface: merge([opened(cover.metal), barrels([-3.2, 3.2], 1.55)]) },
        { slot: 'mirror', surface: opened(cover.mirror) },
      ],
    },
  ];
}
