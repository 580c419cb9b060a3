import type { SpaceMap } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { cross, normalize, sub } from '../geometry/vector.ts';

/** An orthonormal frame on a bent sheet: x along the sheet, y up, z out of it. */
export interface SheetFrame {
  readonly origin: Vec3;
  readonly x: Vec3;
  readonly y: Vec3;
  readonly z: Vec3;
}

/** The frame of a bent sheet at a place of the flat one. */
export function sheetFrame(map: SpaceMap, place: Vec3): SheetFrame {
  const stepMm = 1e-3;
  const origin = map(place);
  const alongX = sub(map({ ...place, x: place.x + stepMm }), map({ ...place, x: place.x - stepMm }));
  const alongY = sub(map({ ...place, y: place.y + stepMm }), map({ ...place, y: place.y - stepMm }));
  const z = normalize(cross(alongX, alongY));
  const x = normalize(alongX);
  return { origin, x, y: cross(z, x), z };
}

/** Turns a frame of a sheet into one whose y leaves the sheet, as turned parts and stones stand. */
export function standing({ origin, x, y, z }: SheetFrame): SheetFrame {
  return { origin, x: y, y: z, z: x };
}
