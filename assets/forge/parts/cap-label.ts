import type { KnitCap } from './knit-cap.ts';
import type { Surface } from '../geometry/surface.ts';
import { deform, merge } from '../geometry/surface.ts';
import { evenly } from '../geometry/interior-points.ts';
import { roundedPlate } from '../geometry/rounded-plate.ts';
import { ovalLoop } from '../geometry/oval-loop.ts';
import { roundWire } from '../geometry/sweep.ts';
import { roundedRectangle } from '../geometry/outline.ts';
import { labelMm } from '../textures/label.ts';
import { vec3 } from '../geometry/vector.ts';

/** A tab sewn on the turn-up, before the wearer's left temple, woven with the house's name (textures/label.ts). */
export function bothyLabel(cap: KnitCap): { readonly tape: Surface; readonly stitches: Surface } {
  const { widthMm, heightMm } = labelMm;
  const skinMm = 12.2;
  const loop = ovalLoop(cap.halfXMm + skinMm, cap.halfZMm + skinMm);
  const bend = (surface: Surface): Surface =>
    deform(surface, ({ x, y, z }) => {
      const { point, outward } = loop.at(66 + x);
      return vec3(point.x + outward.x * z, 33 + y, point.z + outward.z * z);
    });
  const tape = roundedPlate({
    outer: roundedRectangle(widthMm, heightMm, 0.6, 3).flatMap((p, i, all) => {
      const next = all[(i + 1) % all.length] ?? p;
      const steps = Math.max(1, Math.round(Math.hypot(next.x - p.x, next.y - p.y) / 1.6));
      return Array.from({ length: steps }, (_, k) => ({
        x: p.x + ((next.x - p.x) * k) / steps,
        y: p.y + ((next.y - p.y) * k) / steps,
      }));
    }),
    thicknessMm: 0.9,
    frontEdge: { widthMm: 0.28, depthMm: 0.28, steps: 3 },
    backEdge: { widthMm: 0.1, depthMm: 0.1, steps: 1 },
    interiorMm: evenly(2.4),
  });
  const stitch = (x: number, y: number): Surface =>
    roundWire(
      [
        vec3(x, y - 0.85, 0.3),
        vec3(x, y - 0.6, 0.52),
        vec3(x, y, 0.58),
        vec3(x, y + 0.6, 0.52),
        vec3(x, y + 0.85, 0.3),
      ],
      0.42,
      8,
    );
  const stitches = [-1, 1].flatMap((side) =>
    [-4, -2, 0, 2, 4].map((y) => stitch(side * (widthMm / 2 - 1.6), y * 0.95)),
  );
  return { tape: bend(tape), stitches: bend(merge(stitches)) };
}
