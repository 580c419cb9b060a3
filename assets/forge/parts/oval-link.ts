import type { Station } from '../geometry/sweep.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { at } from '../geometry/at.ts';
import { normalize, sub, vec3 } from '../geometry/vector.ts';
import { pathLength, resampleClosed } from '../geometry/spline.ts';
import { superellipse, sweep } from '../geometry/sweep.ts';

/** A link of a chain, by its outer sizes in millimetres. */
export interface OvalLink {
  readonly lengthMm: number;
  readonly widthMm: number;
  readonly wireMm: number;
  /** 2 is an ellipse; more makes the long sides straighter. */
  readonly ovalExponent: number;
  /** 2 is a round wire; more gives it soft flats that hold a broader light. */
  readonly wireExponent: number;
  readonly steps: number;
  readonly around: number;
}

/** The middle of its wire, once round. */
export function ovalLinkLine(link: OvalLink): Vec3[] {
  const dense = superellipse(
    (link.widthMm - link.wireMm) / 2,
    (link.lengthMm - link.wireMm) / 2,
    link.ovalExponent,
    link.steps * 12,
  );
  return resampleClosed(dense, link.steps).map((p) => vec3(p.x, p.y, 0));
}

/** Length of the wire and distance round it: what a texture must cover to close on itself. */
export function ovalLinkSkinMm(link: OvalLink): { readonly widthMm: number; readonly heightMm: number } {
  const line = ovalLinkLine(link);
  const round = superellipse(link.wireMm / 2, link.wireMm / 2, link.wireExponent, link.around).map((p) =>
    vec3(p.x, p.y, 0),
  );
  return {
    widthMm: pathLength([...line, at(line, 0)]),
    heightMm: pathLength([...round, at(round, 0)]),
  };
}

/** A closed link in the plane z = 0, its long axis y, its middle at the origin. */
export function ovalLink(link: OvalLink): Surface {
  const line = ovalLinkLine(link);
  const section = superellipse(link.wireMm / 2, link.wireMm / 2, link.wireExponent, link.around);
  const stations = line.map((centre, i): Station => {
    const tangent = normalize(sub(at(line, i + 1), at(line, i - 1)));
    // side × up must run along the wire; up leaves the link's plane.
    return { centre, side: vec3(-tangent.y, tangent.x, 0), up: vec3(0, 0, 1), section };
  });
  return sweep(stations, true);
}

/** Distance between the middles of two equal links in a taut chain: wire lies on wire inside their bows. */
export function pitchOf(link: OvalLink): number {
  return link.lengthMm - 2 * link.wireMm;
}
