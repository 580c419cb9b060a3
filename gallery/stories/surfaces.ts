import {
  Color,
  DataTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  MeshLambertMaterial,
  RepeatWrapping,
  SRGBColorSpace,
} from 'three';
import { latticeValue, layeredNoise } from '../../assets/forge/textures/noise.ts';
import type { SurfaceName } from './still-life.ts';

/** A place of a surface, as shares of its tile: how high it stands there (mm), and how far its colour is from base to second. */
interface Relief {
  readonly heightMm: number;
  readonly tone: number;
}

interface SurfaceRecipe {
  readonly base: string;
  readonly second: string;
  /** What the texture covers before it repeats. */
  readonly tileMm: number;
  readonly at: (u: number, v: number) => Relief;
}

const sidePx = 768;

/** Grains of two sizes over slow clouds; veins where `vein` is not 0. */
function stone(cells: number, vein: number, grainMm: number): SurfaceRecipe['at'] {
  return (u, v) => {
    const cloud = layeredNoise(u, v, 4, 4, 5, 11);
    const warp = layeredNoise(u, v, 6, 6, 4, 23) * 0.16;
    const ridge = 1 - Math.min(1, Math.abs(layeredNoise(u + warp, v - warp, 3, 3, 4, 37)) * 7);
    const grain = layeredNoise(u, v, cells, cells, 2, 51);
    const speck = latticeValue(Math.floor(u * cells * 4), Math.floor(v * cells * 4), 7);
    return {
      heightMm: grainMm * (grain + 0.4 * cloud) - (speck > 0.985 ? grainMm : 0),
      tone: 0.32 + 0.5 * cloud + 0.14 * grain + 0.1 * (speck - 0.5) + vein * ridge ** 3,
    };
  };
}

/** Boards' rings: long, slightly bent, with pores along them. */
function wood(u: number, v: number): Relief {
  const bend = layeredNoise(u, v, 2, 3, 3, 5) * 0.9;
  const ring = (((v * 15 + bend * 2.2) % 1) + 1) % 1;
  const late = ring ** 3;
  const fibre = layeredNoise(u, v, 5, 240, 2, 71);
  const pore = Math.max(0, layeredNoise(u, v, 22, 420, 1, 91) - 0.36);
  return {
    heightMm: 0.05 * fibre - 0.5 * pore - 0.03 * late,
    tone: 0.24 + 0.42 * late + 0.22 * fibre + 1.5 * pore + 0.22 * layeredNoise(u, v, 3, 5, 3, 13),
  };
}

/** Threads over and under one another, each a little thicker here and thinner there. */
function weave(threads: number): SurfaceRecipe['at'] {
  return (u, v) => {
    const [warp, weft] = [Math.floor(u * threads), Math.floor(v * threads)];
    const over = (warp + weft) % 2 === 0;
    const across = Math.sin(Math.PI * ((u * threads) % 1));
    const along = Math.sin(Math.PI * ((v * threads) % 1));
    const slub = over
      ? layeredNoise(u, v, threads, 9, 2, 29 + (warp % 7))
      : layeredNoise(u, v, 9, threads, 2, 31 + (weft % 7));
    const thread = over ? across ** 0.6 * (0.55 + 0.45 * along) : along ** 0.6 * (0.55 + 0.45 * across);
    const dye = latticeValue(over ? warp : weft, over ? 1 : 2, 3);
    return {
      heightMm: 0.2 * thread + 0.07 * slub,
      tone: 0.75 - 0.55 * thread + 0.3 * slub + 0.2 * (dye - 0.5),
    };
  };
}

function paper(u: number, v: number): Relief {
  const fibre = layeredNoise(u, v, 90, 60, 3, 17);
  return { heightMm: 0.03 * fibre, tone: 0.3 + 0.16 * fibre + 0.16 * layeredNoise(u, v, 5, 5, 3, 19) };
}

function plaster(u: number, v: number): Relief {
  const trowel = layeredNoise(u, v, 5, 11, 5, 43);
  return { heightMm: 1.1 * trowel, tone: 0.4 + 0.42 * trowel };
}

const recipes: Readonly<Record<SurfaceName, SurfaceRecipe>> = {
  basalt: { base: '#2b2a29', second: '#55524e', tileMm: 320, at: stone(110, 0.05, 0.14) },
  limestone: { base: '#b7aa98', second: '#e6dccb', tileMm: 340, at: stone(90, 0, 0.16) },
  marble: { base: '#ece6dd', second: '#b9aba0', tileMm: 520, at: stone(60, 0.5, 0.01) },
  plaster: { base: '#3a3734', second: '#57524c', tileMm: 900, at: plaster },
  oak: { base: '#b08a5f', second: '#74532f', tileMm: 420, at: wood },
  'dark-oak': { base: '#4a3524', second: '#20160f', tileMm: 420, at: wood },
  linen: { base: '#e3d6c3', second: '#b9a68e', tileMm: 90, at: weave(120) },
  'dark-wool': { base: '#3c3a37', second: '#1d1c1b', tileMm: 120, at: weave(84) },
  'ivory-paper': { base: '#f1e7d8', second: '#dccdb8', tileMm: 260, at: paper },
  'rose-paper': { base: '#d4b8a9', second: '#bf9f8f', tileMm: 260, at: paper },
  'grey-paper': { base: '#7c7a76', second: '#62605c', tileMm: 260, at: paper },
};

/** How much of a surface's tile one texture holds: UVs of everything made of it are its millimetres over this. */
export function tileMmOf(name: SurfaceName): number {
  return recipes[name].tileMm;
}

/** The surfaces of all pictures, each drawn from code once. */
export class Surfaces {
  readonly #made = new Map<SurfaceName, MeshLambertMaterial>();

  get(name: SurfaceName): MeshLambertMaterial {
    const known = this.#made.get(name) ?? create(recipes[name]);
    this.#made.set(name, known);
    return known;
  }
}

function create(recipe: SurfaceRecipe): MeshLambertMaterial {
  const { colours, normals } = bake(recipe);
  return new MeshLambertMaterial({ map: texture(colours, true), normalMap: texture(normals, false) });
}

interface Baked {
  readonly colours: Uint8Array<ArrayBuffer>;
  readonly normals: Uint8Array<ArrayBuffer>;
}

function bake({ base, second, tileMm, at }: SurfaceRecipe): Baked {
  const heights = new Float32Array(sidePx * sidePx);
  const colours = new Uint8Array(sidePx * sidePx * 4);
  const [from, to] = [new Color(base), new Color(second)];
  const mixed = new Color();
  for (let row = 0; row < sidePx; row += 1) {
    for (let column = 0; column < sidePx; column += 1) {
      const place = row * sidePx + column;
      const { heightMm, tone } = at((column + 0.5) / sidePx, (row + 0.5) / sidePx);
      heights[place] = heightMm;
      mixed.lerpColors(from, to, Math.min(1, Math.max(0, tone))).convertLinearToSRGB();
      colours.set([mixed.r * 255, mixed.g * 255, mixed.b * 255, 255], place * 4);
    }
  }
  return { colours, normals: normalsOf(heights, tileMm / sidePx) };
}

function normalsOf(heights: Float32Array, stepMm: number): Uint8Array<ArrayBuffer> {
  const normals = new Uint8Array(sidePx * sidePx * 4);
  const at = (column: number, row: number): number =>
    heights[((row + sidePx) % sidePx) * sidePx + ((column + sidePx) % sidePx)] ?? 0;
  for (let row = 0; row < sidePx; row += 1) {
    for (let column = 0; column < sidePx; column += 1) {
      const slopeX = (at(column + 1, row) - at(column - 1, row)) / (2 * stepMm);
      const slopeY = (at(column, row + 1) - at(column, row - 1)) / (2 * stepMm);
      const length = Math.hypot(slopeX, slopeY, 1);
      const place = (row * sidePx + column) * 4;
      normals.set([slopeX, slopeY, -1].map((part) => (0.5 - part / length / 2) * 255).concat(255), place);
    }
  }
  return normals;
}

function texture(bytes: Uint8Array<ArrayBuffer>, isColour: boolean): DataTexture {
  const made = new DataTexture(bytes, sidePx, sidePx);
  if (isColour) made.colorSpace = SRGBColorSpace;
  made.wrapS = RepeatWrapping;
  made.wrapT = RepeatWrapping;
  made.generateMipmaps = true;
  made.minFilter = LinearMipmapLinearFilter;
  made.magFilter = LinearFilter;
  made.anisotropy = 4;
  made.needsUpdate = true;
  return made;
}
