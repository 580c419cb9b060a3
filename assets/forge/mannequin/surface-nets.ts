import type { DistanceMm } from './signed-distance.ts';

/** A box and a resolution in which to look for a surface that is mirror-symmetric in x. */
export interface NetDomain {
  /** The box reaches from −halfWidthMm to +halfWidthMm in x. */
  readonly halfWidthMm: number;
  readonly fromMm: readonly [y: number, z: number];
  readonly toMm: readonly [y: number, z: number];
  readonly cellMm: number;
  /** An upper bound of the field's gradient, by which empty blocks are skipped. */
  readonly lipschitz: number;
}

/** An indexed triangle mesh; positions in millimetres, xyz interleaved; triangles wind anticlockwise seen from outside. */
export interface TriangleMesh {
  readonly positionsMm: Float32Array;
  readonly indices: Uint32Array;
}

const blockCells = 4;

/**
 * Meshes the zero set of a symmetric field by naive surface nets (Gibson 1998): one vertex per crossed cell at the mean
 * of its edge crossings. Only blocks that can hold the surface are sampled, and only for x > 0.
 */
export function surfaceNets(field: DistanceMm, domain: NetDomain): TriangleMesh {
  const grid = sampleNearSurface(field, domain);
  return meshSamples(grid, domain);
}

interface Samples {
  readonly values: Float32Array;
  /** Samples along x on one side: index i is x = (i + ½)·cell; the other side mirrors it. */
  readonly half: number;
  readonly ny: number;
  readonly nz: number;
}

function sampleNearSurface(field: DistanceMm, domain: NetDomain): Samples {
  const { cellMm, fromMm, toMm, lipschitz } = domain;
  const blocks = (lengthMm: number): number => Math.ceil(lengthMm / (cellMm * blockCells));
  const blocksX = blocks(domain.halfWidthMm);
  const blocksY = blocks(toMm[0] - fromMm[0]);
  const blocksZ = blocks(toMm[1] - fromMm[1]);
  const half = blocksX * blockCells;
  const ny = blocksY * blockCells;
  const nz = blocksZ * blockCells;
  const values = new Float32Array(half * ny * nz);
  // Half the diagonal of a block widened by one cell, so that every crossed cell has all its corners sampled.
  const reachMm = (Math.sqrt(3) / 2) * (blockCells + 1) * cellMm * lipschitz;
  for (let bz = 0; bz < blocksZ; bz += 1) {
    for (let by = 0; by < blocksY; by += 1) {
      for (let bx = 0; bx < blocksX; bx += 1) {
        const middle = (block: number): number => (block + 0.5) * blockCells - 0.5;
        const centre = field(
          (middle(bx) + 0.5) * cellMm,
          fromMm[0] + middle(by) * cellMm,
          fromMm[1] + middle(bz) * cellMm,
        );
        const isNear = Math.abs(centre) < reachMm;
        for (let k = bz * blockCells; k < (bz + 1) * blockCells; k += 1) {
          for (let j = by * blockCells; j < (by + 1) * blockCells; j += 1) {
            for (let i = bx * blockCells; i < (bx + 1) * blockCells; i += 1) {
              values[(k * ny + j) * half + i] = isNear
                ? field((i + 0.5) * cellMm, fromMm[0] + j * cellMm, fromMm[1] + k * cellMm)
                : centre;
            }
          }
        }
      }
    }
  }
  return { values, half, ny, nz };
}

function meshSamples(samples: Samples, domain: NetDomain): TriangleMesh {
  const { values, half, ny, nz } = samples;
  const nx = half * 2;
  const value = (i: number, j: number, k: number): number => {
    const side = i >= half ? i - half : half - 1 - i;
    return values[(k * ny + j) * half + side] ?? 1;
  };
  const positions: number[] = [];
  const indices: number[] = [];
  let below = new Int32Array(nx * ny).fill(-1);
  let current = new Int32Array(nx * ny).fill(-1);
  const corner = new Float64Array(8);

  for (let k = 0; k < nz - 1; k += 1) {
    current.fill(-1);
    for (let j = 0; j < ny - 1; j += 1) {
      for (let i = 0; i < nx - 1; i += 1) {
        let inside = 0;
        for (let c = 0; c < 8; c += 1) {
          const v = value(i + (c & 1), j + ((c >> 1) & 1), k + (c >> 2));
          corner[c] = v;
          if (v < 0) inside += 1;
        }
        if (inside === 0 || inside === 8) continue;
        const [ox, oy, oz] = meanCrossing(corner);
        current[j * nx + i] = positions.length / 3;
        positions.push(
          (i - half + 0.5 + ox) * domain.cellMm,
          domain.fromMm[0] + (j + oy) * domain.cellMm,
          domain.fromMm[1] + (k + oz) * domain.cellMm,
        );
        const own = current[j * nx + i] ?? -1;
        const starts = (corner[0] ?? 0) < 0;
        const west = current[j * nx + i - 1] ?? -1;
        const south = current[(j - 1) * nx + i] ?? -1;
        const southWest = current[(j - 1) * nx + i - 1] ?? -1;
        const down = below[j * nx + i] ?? -1;
        const downWest = below[j * nx + i - 1] ?? -1;
        const downSouth = below[(j - 1) * nx + i] ?? -1;
        if (starts !== (corner[1] ?? 0) < 0) pushQuad(indices, own, south, downSouth, down, starts);
        if (starts !== (corner[2] ?? 0) < 0) pushQuad(indices, own, down, downWest, west, starts);
        if (starts !== (corner[4] ?? 0) < 0) pushQuad(indices, own, west, southWest, south, starts);
      }
    }
    [below, current] = [current, below];
  }
  return { positionsMm: Float32Array.from(positions), indices: Uint32Array.from(indices) };
}

function pushQuad(
  indices: number[],
  a: number,
  b: number,
  c: number,
  d: number,
  startsInside: boolean,
): void {
  if (startsInside) indices.push(a, b, c, a, c, d);
  else indices.push(a, c, b, a, d, c);
}

const cellEdges: readonly (readonly [number, number])[] = [
  [0, 1],
  [2, 3],
  [4, 5],
  [6, 7],
  [0, 2],
  [1, 3],
  [4, 6],
  [5, 7],
  [0, 4],
  [1, 5],
  [2, 6],
  [3, 7],
];

function meanCrossing(corner: Float64Array): readonly [number, number, number] {
  let x = 0;
  let y = 0;
  let z = 0;
  let crossings = 0;
  for (const [a, b] of cellEdges) {
    const va = corner[a] ?? 0;
    const vb = corner[b] ?? 0;
    if (va < 0 === vb < 0) continue;
    const t = va / (va - vb);
    x += (a & 1) + t * ((b & 1) - (a & 1));
    y += ((a >> 1) & 1) + t * (((b >> 1) & 1) - ((a >> 1) & 1));
    z += (a >> 2) + t * ((b >> 2) - (a >> 2));
    crossings += 1;
  }
  return [x / crossings, y / crossings, z / crossings];
}
