import type { MaterialRecipe } from '../document/recipes.ts';
import type { Stroke } from '../textures/house-letters.ts';
import { dialColor, dialRoughness, minuteTrack } from '../textures/dial-print.ts';
import { lettered, nordeLettering } from '../textures/house-letters.ts';
import { vec2 } from '../geometry/vector.ts';
import { layeredNoise } from '../textures/noise.ts';
import type { PolarSize } from '../textures/dial-print.ts';

/** How Nord's dial is printed: 20 to 40 pixels a millimetre from the lettering to the rim. */
export const nordDialSize: PolarSize = { radiusMm: 16.4, widthPx: 2048, heightPx: 512 };

const strokes: readonly Stroke[] = [
  ...minuteTrack({ fromMm: 14.75, toMm: 15.65, widthMm: 0.1, fifthMm: 0.2 }),
  ...lettered('NORDE', nordeLettering, 1.02, vec2(0, 6.6)),
  ...lettered('AUTOMATIC', { ...nordeLettering, tracking: 0.62 }, 0.52, vec2(0, -6.7)),
];

const fine = (r: number, angle: number): number =>
  layeredNoise(angle / (2 * Math.PI) + 0.5, r / 17, 220, 40, 2, 71);

/** Matte black, finely grained, printed in warm white. */
export const blackDial: MaterialRecipe = {
  name: 'black dial',
  baseColor: [1, 1, 1],
  metallic: 0,
  roughness: 1,
  baseColorTexture: dialColor({
    name: 'black dial print',
    size: nordDialSize,
    strokes,
    ink: [0.78, 0.77, 0.73],
    ground: (r, angle) => {
      const k = 0.0125 + 0.0025 * fine(r, angle);
      return [k, k, k * 1.05];
    },
  }),
  roughnessTexture: dialRoughness('black dial roughness', nordDialSize, strokes, () => 0.5),
};

/** The brush's lines depend on the angle alone, so they are drawn once for a whole turn. */
const turn = 4096;
const lines: number[] = [];
function brushLine(angle: number): number {
  if (lines.length === 0) {
    for (let i = 0; i < turn; i += 1) {
      lines.push(layeredNoise(i / turn, 0.5, 360, 1, 2, 83));
    }
  }
  return lines[Math.floor((angle / (2 * Math.PI) + 0.5) * turn) % turn] ?? 0;
}

/** Deep blue, brushed from the middle outwards under clear lacquer: the light turns on it like on a fjord. */
export const blueDial: MaterialRecipe = {
  name: 'blue dial',
  baseColor: [1, 1, 1],
  metallic: 0.85,
  roughness: 1,
  baseColorTexture: dialColor({
    name: 'blue dial print',
    size: nordDialSize,
    strokes,
    ink: [0.86, 0.86, 0.84],
    ground: (r, angle) => {
      const line = 1 + 0.16 * brushLine(angle);
      const deep = (1 - 0.55 * (r / 16.4) ** 2.2) * line;
      return [0.018 * deep, 0.062 * deep, 0.17 * deep];
    },
  }),
  roughnessTexture: dialRoughness('blue dial roughness', nordDialSize, strokes, () => 0.36),
  anisotropy: { strength: 0.82, rotationRad: 0 },
  clearcoat: { factor: 0.5, roughness: 0.08 },
};
