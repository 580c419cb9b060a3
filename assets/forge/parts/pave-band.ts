import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { dome } from '../geometry/lathe.ts';
import { lerp, smoothstep, vec3 } from '../geometry/vector.ts';
import { merge, place } from '../geometry/surface.ts';
import { SkinMesh } from '../geometry/skin-mesh.ts';

/** A ring's band whose back of the finger is set with one row of stones, in millimetres. */
export interface PaveBandOptions {
  readonly innerDiameterMm: number;
  readonly widthMm: number;
  /** Where the stones sit, and behind, inside the hand, where it is slimmer. */
  readonly thicknessMm: number;
  readonly palmThicknessMm: number;
  readonly stones: number;
  readonly stoneMm: number;
  /** Distance between the middles of neighbouring stones, along the band's outer side. */
  readonly pitchMm: number;
}

/** Where a stone sits: y is its axis, 0 at its girdle's upper edge. */
export interface StoneSeat {
  readonly origin: Vec3;
  readonly x: Vec3;
  readonly y: Vec3;
  readonly z: Vec3;
}

/** The metal with its claws, and the seats from the wearer's right to the left. */
export interface PaveBand {
  readonly metal: Surface;
  readonly seats: readonly StoneSeat[];
}

/** The girdle's upper edge above the band: the stone rests with its pavilion on the edge of its hole. */
const girdleAboveMm = 0.11;
const innerDomeMm = 0.4;
/** Intervals of one stone's cell along the band, and of its strip across. */
const [along, across] = [10, 6];
const sideRows = 17;

/** Polar place to space: `angle` from the back of the finger, `y` along the finger, `radius` from its axis. */
function polar(angle: number, y: number, radius: number): Vec3 {
  return vec3(radius * Math.sin(angle), y, radius * Math.cos(angle));
}

/**
 * Builds the band as one closed skin: each stone has its own cell of the outer side, drilled right through to a smaller hole inside,
 * so that light reaches the pavilion; between stones stand two claws, which neighbours share; beside each stone the edge is cut down
 * (a "U-cut"), so that the stones are seen from the side as well.
 */
export function paveBand(options: PaveBandOptions): PaveBand {
  const { innerDiameterMm, widthMm, thicknessMm, palmThicknessMm, stones, stoneMm, pitchMm } = options;
  const innerMm = innerDiameterMm / 2;
  const outerMm = innerMm + thicknessMm;
  const half = widthMm / 2;
  const pitch = pitchMm / outerMm;
  const span = (stones * pitch) / 2;
  const stripMm = half * 0.85;
  const innerStripMm = half * 0.6;

  /** 1 beside the middle of a stone, 0 at the claws and where no stones are. */
  const cut = (angle: number): number =>
    Math.abs(angle) >= span ? 0 : (1 - Math.cos((2 * Math.PI * (angle + span)) / pitch)) / 2;
  const setShare = (angle: number): number => 1 - smoothstep(span, span + 0.5, Math.abs(angle));
  const heightAt = (angle: number): number =>
    lerp(palmThicknessMm, thicknessMm, 1 - smoothstep(span - 0.1, Math.PI, Math.abs(angle)));
  const exponentAt = (angle: number): number => lerp(2.4, 5, setShare(angle));
  /** Height of the outer side at y across. */
  const outer = (angle: number, y: number): number => {
    const e = exponentAt(angle);
    const full = heightAt(angle) - innerDomeMm;
    return innerDomeMm + full * Math.max(0, 1 - Math.abs(y / half) ** e) ** (1 / e);
  };
  const inner = (y: number): number => innerDomeMm * (1 - Math.sqrt(Math.max(0, 1 - (y / half) ** 2)));
  const skin = (angle: number, y: number, height: number): Vec3 => {
    const top = heightAt(angle);
    const edge = smoothstep(stoneMm * 0.46, half, Math.abs(y)) * smoothstep(top - 1.1, top - 0.15, height);
    return polar(angle, y, innerMm + height - 0.4 * cut(angle) * edge);
  };
  const outside = (angle: number, y: number): Vec3 => skin(angle, y, outer(angle, y));
  const inside = (angle: number, y: number): Vec3 => skin(angle, y, inner(y));
  /** The side from the outer strip's edge (k = 0) to the inner strip's (k = 1), on the y > 0 side. */
  const side = (angle: number, k: number): readonly [y: number, height: number] => {
    const e = exponentAt(angle);
    const from = Math.acos((stripMm / half) ** (e / 2));
    const to = -Math.acos(innerStripMm / half);
    const turn = lerp(from, to, k);
    const y = half * (turn > 0 ? Math.cos(turn) ** (2 / e) : Math.cos(turn));
    return [y, turn > 0 ? outer(angle, y) : inner(y)];
  };

  const mesh = new SkinMesh();
  const angles: number[] = [];
  for (let i = 0; i <= stones * along; i += 1) angles.push(-span + (i * pitch) / along);
  const plain = 90;
  for (let i = 1; i <= plain; i += 1) angles.push(span + ((2 * Math.PI - 2 * span) * i) / plain);
  const own = (angle: number): number => (angle > Math.PI ? angle - 2 * Math.PI : angle);
  const rowY = (k: number, reach: number): number => -reach + (2 * reach * k) / across;
  for (let i = 0; i + 1 < angles.length; i += 1) {
    // The last column is the first again, to the last digit.
    const [a, b] = [own(at(angles, i)), i + 2 === angles.length ? -span : own(at(angles, i + 1))];
    for (const sign of [1, -1] as const) {
      for (let row = 0; row < sideRows; row += 1) {
        const corner = (angle: number, k: number): Vec3 => {
          const [y, height] = side(angle, k / sideRows);
          // Both strips end where the side begins, so their corners are taken from there.
          return k === 0
            ? outside(angle, sign * stripMm)
            : k === sideRows
              ? inside(angle, sign * innerStripMm)
              : skin(angle, sign * y, height);
        };
        mesh.quad(corner(a, row), corner(a, row + 1), corner(b, row + 1), corner(b, row), sign > 0);
      }
    }
    if (i < stones * along) continue;
    for (let k = 0; k < across; k += 1) {
      const [y, next] = [rowY(k, stripMm), rowY(k + 1, stripMm)];
      mesh.quad(outside(a, y), outside(a, next), outside(b, next), outside(b, y), true);
      const [yi, nexti] = [rowY(k, innerStripMm), rowY(k + 1, innerStripMm)];
      mesh.quad(inside(a, yi), inside(a, nexti), inside(b, nexti), inside(b, yi), false);
    }
  }

  const walls = new SkinMesh();
  for (let stone = 0; stone < stones; stone += 1) {
    const middle = -span + (stone + 0.5) * pitch;
    const column = (k: number): number => at(angles, stone * along + k);
    const holeMm = stoneMm * 0.465;
    const lightMm = stoneMm * 0.27;
    const loopOf = (reach: number): (readonly [angle: number, y: number])[] => [
      ...Array.from({ length: along }, (_, k) => [column(k), -reach] as const),
      ...Array.from({ length: across }, (_, k) => [column(along), rowY(k, reach)] as const),
      ...Array.from({ length: along }, (_, k) => [column(along - k), reach] as const),
      ...Array.from({ length: across }, (_, k) => [column(0), rowY(across - k, reach)] as const),
    ];
    const cell = (
      reach: number,
      radiusMm: number,
      onMm: number,
      surface: (angle: number, y: number) => Vec3,
      flip: boolean,
    ): Vec3[] => {
      const border = loopOf(reach);
      const rings = [0, 0.35, 0.7, 1].map((k) =>
        border.map(([angle, y], i) => {
          const turn = -Math.PI * 0.75 + (2 * Math.PI * i) / border.length;
          const hole = [middle + (radiusMm * Math.cos(turn)) / onMm, radiusMm * Math.sin(turn)] as const;
          return surface(lerp(angle, hole[0], k), lerp(y, hole[1], k));
        }),
      );
      mesh.loft(rings, flip);
      return at(rings, -1);
    };
    const rim = cell(stripMm, holeMm, outerMm, outside, false);
    const light = cell(innerStripMm, lightMm, innerMm, inside, true);
    const throat = rim.map((_, i) => {
      const turn = -Math.PI * 0.75 + (2 * Math.PI * i) / rim.length;
      const [p, y] = [lightMm * Math.cos(turn), lightMm * Math.sin(turn)];
      return polar(middle + p / (outerMm - 0.55), y, outerMm - 0.55);
    });
    walls.loft([rim, throat], false);
    walls.loft([throat, light], false);
  }

  const bead = dome(0.28, 0.19, 0.46, 12);
  const frame = (angle: number, y: number, radius: number): StoneSeat => ({
    origin: polar(angle, y, radius),
    x: vec3(Math.cos(angle), 0, -Math.sin(angle)),
    y: polar(angle, 0, 1),
    z: vec3(0, -1, 0),
  });
  const beads = Array.from({ length: stones + 1 }, (_, i) => -span + i * pitch).flatMap((angle) =>
    [1, -1].map((sign) => place(bead, frame(angle, sign * stoneMm * 0.31, outerMm + 0.19))),
  );
  const seats = Array.from({ length: stones }, (_, i) =>
    frame(-span + (i + 0.5) * pitch, 0, outerMm + girdleAboveMm),
  );
  return { metal: merge([mesh.surface(), walls.surface(), ...beads]), seats };
}
