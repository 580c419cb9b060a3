import type { Vec2 } from '../geometry/vector.ts';
import { vec2 } from '../geometry/vector.ts';

/** A bangle's cross-section, millimetres: x across the band, y from its inner face outwards. */
export interface WaveSection {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Where across the band its crest runs. */
  readonly crestMm: number;
  /** Breadth of the level crest. */
  readonly crestBreadthMm: number;
  /** A channel sunk into the crest. */
  readonly channelBreadthMm: number;
  readonly channelDepthMm: number;
}

const edgeSteps = 4;

/** A rounded corner between two sides that leave it in the given directions. */
function fillet(corner: Vec2, from: Vec2, to: Vec2, radiusMm: number): Vec2[] {
  const unit = (p: Vec2): Vec2 => {
    const size = Math.hypot(p.x - corner.x, p.y - corner.y);
    return vec2((p.x - corner.x) / size, (p.y - corner.y) / size);
  };
  const [a, b] = [unit(from), unit(to)];
  return Array.from({ length: edgeSteps + 1 }, (_, i) => {
    // A quadratic through the corner's two tangent places: rounder than a chamfer, with a highlight that ends softly.
    const k = i / edgeSteps;
    const [wa, wb] = [(1 - k) ** 2 * radiusMm, k ** 2 * radiusMm];
    return vec2(corner.x + a.x * wa + b.x * wb, corner.y + a.y * wa + b.y * wb);
  });
}

/** A flank from the band's edge to its crest, hollowed as a wave is under its crest; ends left out. */
function flank(from: Vec2, to: Vec2, hollowMm: number): Vec2[] {
  const steps = 7;
  const size = Math.hypot(to.x - from.x, to.y - from.y);
  const inward = vec2(-(to.y - from.y) / size, (to.x - from.x) / size);
  return Array.from({ length: steps - 1 }, (_, i) => {
    const k = (i + 1) / steps;
    const h = 4 * k * (1 - k) * hollowMm;
    return vec2(from.x + (to.x - from.x) * k + inward.x * h, from.y + (to.y - from.y) * k + inward.y * h);
  });
}

/**
 * The outline of a waved band, counter-clockwise, always with the same number of points: a domed inside for comfort, low
 * upright edges, two hollow flanks, and a level crest between them with its channel.
 */
export function waveSection(section: WaveSection): Vec2[] {
  const half = section.widthMm / 2;
  const [bottom, edgeTop, top] = [0.42, 1.15, section.heightMm];
  const crest = (side: 1 | -1): Vec2 => vec2(section.crestMm + (side * section.crestBreadthMm) / 2, top);
  const channel = (side: 1 | -1, y: number): Vec2 =>
    vec2(section.crestMm + (side * section.channelBreadthMm) / 2, y);
  const floor = top - section.channelDepthMm;
  const inside = Array.from({ length: 7 }, (_, i) => {
    const k = (i - 3) / 4;
    return vec2(k * half, bottom * k * k);
  });
  const [low, high] = [vec2(half, bottom), vec2(half, edgeTop)];
  const mirrored = (p: Vec2): Vec2 => vec2(-p.x, p.y);
  const hollow = (side: 1 | -1): number =>
    0.2 * Math.min(1, Math.max(0, (half - side * crest(side).x) / half));
  const right = [...fillet(low, vec2(0.75 * half, 0.24), high, 0.34), ...fillet(high, low, crest(1), 0.3)];
  const left = [
    ...fillet(mirrored(high), crest(-1), mirrored(low), 0.3),
    ...fillet(mirrored(low), mirrored(high), vec2(-0.75 * half, 0.24), 0.34),
  ];
  const lip = 0.05;
  const rail = Math.min(0.12, (section.crestBreadthMm - section.channelBreadthMm) / 5);
  return [
    ...inside,
    ...right,
    ...flank(high, crest(1), hollow(1)).filter((_, i) => i > 0),
    ...fillet(crest(1), high, crest(-1), rail),
    vec2(channel(1, top).x + lip, top),
    vec2(channel(1, top).x, top - Math.min(lip, section.channelDepthMm)),
    channel(1, floor),
    channel(-1, floor),
    vec2(channel(-1, top).x, top - Math.min(lip, section.channelDepthMm)),
    vec2(channel(-1, top).x - lip, top),
    ...fillet(crest(-1), crest(1), mirrored(high), rail),
    ...flank(crest(-1), mirrored(high), hollow(-1)).filter((_, i) => i < 5),
    ...left,
  ];
}
