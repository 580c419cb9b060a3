import type { PartNode, PieceSpec } from '../document/piece-spec.ts';
import type { SolidFacts } from '../geometry/facts.ts';
import type { Surface } from '../geometry/surface.ts';
import type { Vec3 } from '../geometry/vector.ts';
import { add } from '../geometry/vector.ts';
import { merge } from '../geometry/surface.ts';
import { solidFacts } from '../geometry/facts.ts';

/** A node and all below it. */
export function nodesBelow(node: PartNode): PartNode[] {
  return [node, ...(node.children ?? []).flatMap(nodesBelow)];
}

/** The facts of every solid that a piece is made of, by its node and slot. */
export function solidsOf(spec: PieceSpec): { readonly name: string; readonly facts: SolidFacts }[] {
  return nodesBelow(spec.root).flatMap(({ name, surfaces = [] }) =>
    surfaces.map(({ slot, surface }) => ({ name: `${name}/${slot}`, facts: solidFacts(surface) })),
  );
}

/** A node's own surfaces of one slot (or all), where its parents' translations put them. Raises RangeError when it has none. */
export function partOf(spec: PieceSpec, name: string, slot?: string): Surface {
  const find = (node: PartNode, moved: Vec3): Surface | null => {
    const here = node.translationMm === undefined ? moved : add(moved, node.translationMm);
    if (node.name === name && node.surfaces !== undefined) {
      const own = merge(
        node.surfaces
          .filter((part) => slot === undefined || part.slot === slot)
          .map(({ surface }) => surface),
      );
      return {
        ...own,
        vertices: own.vertices.map((vertex) => ({ ...vertex, position: add(vertex.position, here) })),
      };
    }
    for (const child of node.children ?? []) {
      const found = find(child, here);
      if (found !== null) return found;
    }
    return null;
  };
  const found = find(spec.root, { x: 0, y: 0, z: 0 });
  if (found === null) throw new RangeError(`${spec.id} has no surface called ${name}`);
  return found;
}

/** Least and greatest of something over a surface's corners. */
export function rangeOf(surface: Surface, of: (p: Vec3) => number): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const { position } of surface.vertices) {
    const value = of(position);
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return [low, high];
}
