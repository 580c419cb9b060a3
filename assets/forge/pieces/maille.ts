import type { MaterialRecipe } from '../document/recipes.ts';
import type { LoopPlace, OvalLoop } from '../geometry/oval-loop.ts';
import type { PartInstance, PieceSpec } from '../document/piece-spec.ts';
import { brushedRound } from '../textures/brushed.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add, along, cross, length, normalize, radians, scale, sub, vec2, vec3 } from '../geometry/vector.ts';
import { frameQuaternion } from '../geometry/frame-quaternion.ts';
import { mailleClasp, mailleLink } from './maille-clasp.ts';
import { ovalLink, ovalLinkSkinMm, pitchOf } from '../parts/oval-link.ts';
import { ovalLoop } from '../geometry/oval-loop.ts';
import { place } from '../geometry/surface.ts';
import { polishedGold, whiteGold } from '../materials/metals.ts';

/** Maille's sizes in millimetres. */
export const mailleSize = { lengthMm: 180, links: 28 } as const;

const skin = ovalLinkSkinMm(mailleLink);
const strokes = brushedRound('brushed link', { alongMm: skin.widthMm, roundMm: skin.heightMm });

function brushed(metal: MaterialRecipe): MaterialRecipe {
  return {
    ...metal,
    name: `brushed ${metal.name}`,
    baseColor: [metal.baseColor[0] * 0.82, metal.baseColor[1] * 0.81, metal.baseColor[2] * 0.8],
    roughness: 0.33,
    normalTexture: { texture: strokes, scale: 1 },
    // The grain runs round the wire, so light spreads along it (u).
    anisotropy: { strength: 0.6, rotationRad: 0 },
  };
}

/** Along the chain, from its first link to its last. */
function direction({ outward }: LoopPlace): Vec3 {
  return normalize(cross(vec3(0, -1, 0), outward));
}

/** The outer bows of the chain's first and last link, which are free for the clasp. */
function freeBows(loop: OvalLoop, chainMm: number): { readonly first: Vec3; readonly last: Vec3 } {
  const reachMm = (mailleLink.lengthMm - mailleLink.wireMm) / 2;
  const [first, last] = [loop.at(chainMm / 2), loop.at(-chainMm / 2)];
  return {
    first: along(first.point, direction(first), -reachMm),
    last: along(last.point, direction(last), reachMm),
  };
}

/**
 * How far a link is turned about the chain, 0 lying flat on the wrist. A chain at rest turns each link half a right angle to one
 * side and the next to the other; over its last five links it turns on, until the first stands upright in the flat link
 * that holds the bar and the last lies flat in the upright jump ring.
 */
function rollDeg(index: number): number {
  const nearEnd = Math.min(index, mailleSize.links - 1 - index);
  return (index % 2 === 0 ? 45 : -45) + 45 * Math.max(0, 1 - nearEnd / 5);
}

/** An oval on which the chain and the straight clasp close without slack. */
function closingLoop(chainMm: number, claspMm: number): OvalLoop {
  const flatness = 0.86;
  const made = (halfXMm: number): OvalLoop => ovalLoop(halfXMm, halfXMm * flatness);
  const gap = (loop: OvalLoop): number => {
    const { first, last } = freeBows(loop, chainMm);
    return length(sub(first, last));
  };
  let [low, high] = [24, 40];
  for (let i = 0; i < 30; i += 1) {
    const middle = (low + high) / 2;
    if (gap(made(middle)) > claspMm) high = middle;
    else low = middle;
  }
  return made(low);
}

/** Aurelle Maille: oval links alternately polished and brushed, closed by a bar through a ring. */
export function maille(): PieceSpec {
  const clasp = mailleClasp();
  const pitchMm = pitchOf(mailleLink);
  const chainMm = pitchMm * (mailleSize.links - 1);
  const span = vec2(clasp.bowAtBar.x - clasp.bowAtRing.x, clasp.bowAtBar.y - clasp.bowAtRing.y);
  const loop = closingLoop(chainMm, Math.hypot(span.x, span.y));
  // Seen on the clasp, beneath the wrist, its left is +x: there the chain begins, runs over the back of the wrist, and ends.
  const links = Array.from({ length: mailleSize.links }, (_, i): PartInstance => {
    const s = chainMm / 2 - i * pitchMm;
    const linkPlace = loop.at(s);
    const { point, outward } = linkPlace;
    const y = direction(linkPlace);
    const roll = radians(rollDeg(i));
    const x = normalize(add(scale(vec3(0, 1, 0), Math.cos(roll)), scale(outward, Math.sin(roll))));
    return { translationMm: point, rotation: frameQuaternion(x, y, cross(x, y)) };
  });
  const { first, last } = freeBows(loop, chainMm);
  const x = normalize(sub(first, last));
  const tilted = Math.atan2(span.y, span.x);
  const out = vec3(0, 0, -1);
  // The chain's ends lie level; the clasp's may not, so it is turned until they meet.
  const claspX = add(scale(x, Math.cos(tilted)), scale(out, -Math.sin(tilted)));
  const claspY = add(scale(out, Math.cos(tilted)), scale(x, Math.sin(tilted)));
  const placed = place(clasp.surface, {
    origin: sub(last, add(scale(claspX, clasp.bowAtRing.x), scale(claspY, clasp.bowAtRing.y))),
    x: claspX,
    y: claspY,
    z: cross(claspX, claspY),
  });
  return {
    id: 'maille',
    maison: 'aurelle',
    root: {
      name: 'maille',
      children: [
        {
          name: 'chain',
          children: [
            {
              name: 'chain_polished',
              share: 'link_polished',
              instances: links.filter((_, i) => i % 2 === 0),
            },
            {
              name: 'chain_brushed',
              share: 'link_brushed',
              instances: links.filter((_, i) => i % 2 === 1),
            },
          ],
        },
        { name: 'clasp', surfaces: [{ slot: 'polished', surface: placed }] },
      ],
    },
    shared: {
      link_polished: { slot: 'polished', surface: ovalLink(mailleLink) },
      link_brushed: { slot: 'brushed', surface: ovalLink(mailleLink) },
    },
    variants: [
      { name: 'yellow-gold', materials: { polished: polishedGold, brushed: brushed(polishedGold) } },
      { name: 'white-gold', materials: { polished: whiteGold, brushed: brushed(whiteGold) } },
    ],
    textureMm: { brushed: skin },
    extras: {
      schemaVersion: 1,
      category: 'bracelet',
      anchor: 'wrist',
      wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
      fit: { lengthMm: mailleSize.lengthMm, sectionMm: mailleLink.widthMm },
      moving: [],
      engraveable: [{ node: 'clasp', areaMm: [10, 1.4] }],
    },
  };
}
