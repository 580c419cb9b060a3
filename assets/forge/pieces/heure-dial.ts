import type { LinearRgb, MaterialRecipe, TextureRecipe } from '../document/recipes.ts';
import type { PolarSize } from '../textures/dial-print.ts';
import type { Stroke } from '../textures/house-letters.ts';
import { aurelleLettering, lettered } from '../textures/house-letters.ts';
import { dialColor, dialRoughness, polarPlace } from '../textures/dial-print.ts';
import { normalMapWebp } from '../textures/normal-map.ts';
import { smoothstep, vec2 } from '../geometry/vector.ts';

/** How Heure's dial is engraved and printed. */
export const heureDialSize: PolarSize = { radiusMm: 12.4, widthPx: 2048, heightPx: 512 };
/** The engine-turned middle ends here; the ring of the hours around it is plain. */
export const guillocheMm = 8.9;
const rays = 60;
const waveMm = 3.1;

function polar(r: number, angle: number) {
  return vec2(r * Math.cos(angle), r * Math.sin(angle));
}

const dots: Stroke[] = Array.from({ length: 60 }, (_, i) => {
  const at = polar(11.75, (i * Math.PI) / 30);
  return { a: at, b: vec2(at.x + 1e-3, at.y), widthMm: i % 5 === 0 ? 0.26 : 0.15 };
});
const strokes: readonly Stroke[] = [...dots, ...lettered('AURELLE', aurelleLettering, 0.95, vec2(0, 4.85))];

/** 1 where the engine cut, 0 on the plain cartouche under the house's name, on the middle and on the ring of the hours. */
export function engraved(r: number, angle: number): number {
  const { x, y } = polar(r, angle);
  const fromCartouche = Math.hypot(Math.max(0, Math.abs(x) - 3.3), Math.max(0, Math.abs(y - 4.85) - 0.1));
  return (
    smoothstep(0.82, 0.96, fromCartouche) *
    smoothstep(1.5, 1.75, r) *
    (1 - smoothstep(guillocheMm - 0.22, guillocheMm - 0.1, r))
  );
}

/**
 * Depth left by a rosette engine that works outwards: every ray sways as the rosette rocks the work, once in phase and
 * once against it; where the two trains of cuts cross they leave barleycorns that grow towards the rim. 0 to 1.
 */
export function barleycorn(r: number, angle: number): number {
  const sway = 1.05 * Math.sin((2 * Math.PI * r) / waveMm);
  const cut = (lean: number): number => Math.abs(Math.sin((rays * angle) / 2 + lean));
  return Math.min(cut(sway), cut(-sway)) ** 0.8;
}

const guilloche: TextureRecipe = {
  name: 'guilloche',
  wrap: 'repeat',
  bake: (scale) => {
    const size = heureDialSize;
    return normalMapWebp(
      { widthPx: size.widthPx * scale, heightPx: size.heightPx * scale },
      { width: 2 * Math.PI * size.radiusMm * 0.5, height: size.radiusMm },
      (u, v) => {
        const { angle, r } = polarPlace(size, u, v);
        return 0.16 * barleycorn(r, angle) * engraved(r, angle);
      },
    );
  },
};

function heureDial(
  name: string,
  ground: LinearRgb,
  ink: LinearRgb,
  own: Partial<MaterialRecipe>,
): MaterialRecipe {
  return {
    name,
    baseColor: [1, 1, 1],
    metallic: 1,
    roughness: 1,
    normalTexture: { texture: guilloche, scale: 1 },
    baseColorTexture: dialColor({
      name: `${name} print`,
      size: heureDialSize,
      strokes,
      ink,
      ground: (r, angle) => {
        const k = 1 - 0.3 * engraved(r, angle) * (1 - barleycorn(r, angle)) ** 2;
        return [ground[0] * k, ground[1] * k, ground[2] * k];
      },
    }),
    roughnessTexture: dialRoughness(`${name} roughness`, heureDialSize, strokes, (r) =>
      r > guillocheMm ? 0.46 : 0.27,
    ),
    ...own,
  };
}

/** Silvered by hand, warm: half a metal, so that it is as light where it reflects a dark room. */
export const silveredDial = heureDial('silvered dial', [0.93, 0.84, 0.76], [0.035, 0.015, 0.012], {
  metallic: 0.55,
});
/** Night blue: translucent enamel over the engraving. */
export const nightDial = heureDial('night enamel dial', [0.03, 0.058, 0.2], [0.85, 0.85, 0.88], {
  clearcoat: { factor: 1, roughness: 0.05 },
});
