import {
  Matrix4,
  MeshStandardMaterial,
  ShaderChunk,
  Vector2,
  type Vector3,
  type IUniform,
  type Material,
} from 'three';
import { bakedGlassGlsl, bakedGlassPars, blendGlassGlsl, transmissionOf, type GlassKeeper } from './glass.ts';
import { grainGlsl, type GrainUniform } from './grain.ts';
import { createHairUniforms, underHairGlsl, type HairUniforms } from './hair-cover.ts';
import { inModelGlsl } from './instanced-glsl.ts';

/** What the stage tells every material of a worn product. One set is shared by all materials of a model. */
export interface ProductUniforms extends HairUniforms {
  /** Colour of the light on the client relative to neutral, linear. */
  readonly lightTint: IUniform<Vector3>;
  /** The noise of the camera in whose picture the product is. */
  readonly grain: GrainUniform;
  /** 0 is gone, 1 is there. */
  readonly presence: IUniform<number>;
  readonly pieceFromWorld: IUniform<Matrix4>;
  /** Heights z in the piece's frame (mm) at which it is wholly gone and wholly there. */
  readonly fadeZ: IUniform<Vector2>;
  /** Heights z in the piece's frame (mm) up to which hair may lie over it, wholly and not at all. */
  readonly underHairZ: IUniform<Vector2>;
}

/** Far behind any head: nothing fades. */
export const NO_FADE_MM = -1e6;

/** What a stage gives to all pieces that it shows; `glass` is no uniform of a shader, but draws what lets light through. */
export interface StageLook extends Pick<ProductUniforms, 'lightTint' | 'grain'> {
  readonly glass: GlassKeeper;
}

const keepers = new WeakMap<ProductUniforms, GlassKeeper>();

export function createProductUniforms({ lightTint, grain, glass }: StageLook): ProductUniforms {
  const uniforms: ProductUniforms = {
    ...createHairUniforms(),
    lightTint,
    grain,
    presence: { value: 1 },
    pieceFromWorld: { value: new Matrix4() },
    fadeZ: { value: new Vector2(NO_FADE_MM - 1, NO_FADE_MM) },
    underHairZ: { value: new Vector2(NO_FADE_MM - 1, NO_FADE_MM) },
  };
  keepers.set(uniforms, glass);
  return uniforms;
}

const DRESSED = 'vitrineDressed';

/**
 * Lets a product's material take the stage's light tint, presence and temple fade. The fade is cut by coverage (MSAA
 * samples, dithered), not blended: so the piece stays in the opaque pass, seen through its own lenses, and needs no order.
 */
export function dressProduct(material: Material, uniforms: ProductUniforms): void {
  if (!(material instanceof MeshStandardMaterial) || material.userData[DRESSED] === true) return;
  material.userData[DRESSED] = true;
  material.alphaToCoverage = true;
  // What shows through a lens is the camera picture, which no tone mapping may touch.
  if (transmissionOf(material) > 0) material.toneMapped = false;
  const baked = keepers.get(uniforms)?.keep(material);
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms, baked);
    shader.vertexShader = insertAfter(
      shader.vertexShader,
      '#include <common>',
      'varying vec3 vPieceMm;\nvarying vec4 vHair;\nuniform mat4 pieceFromWorld;\nuniform mat4 hairFromWorld;',
    );
    shader.vertexShader = insertAfter(shader.vertexShader, '#include <project_vertex>', placeGlsl);
    shader.fragmentShader = insteadOf(shader.fragmentShader, '#include <lights_fragment_maps>', softLensGlsl);
    shader.fragmentShader = insertAfter(
      shader.fragmentShader,
      '#include <transmission_fragment>',
      softGlintGlsl,
    );
    shader.fragmentShader = insertAfter(
      shader.fragmentShader,
      '#include <common>',
      `${fadeGlsl}\n${grainGlsl}\n${bakedGlassPars}`,
    );
    shader.fragmentShader = shader.fragmentShader.replace(
      '#include <envmap_physical_pars_fragment>',
      tintedEnvironment(),
    );
    shader.fragmentShader = insertAfter(
      shader.fragmentShader,
      '#include <opaque_fragment>',
      `${bakedGlassGlsl}\n${coverageGlsl}`,
    );
    shader.fragmentShader = insertAfter(
      shader.fragmentShader,
      '#include <colorspace_fragment>',
      blendGlassGlsl,
    );
    shader.fragmentShader = insertAfter(shader.fragmentShader, '#include <dithering_fragment>', addGrainGlsl);
  };
  material.customProgramCacheKey = () => 'vitrine-product';
}

const placeGlsl = /* glsl */ `${inModelGlsl('transformed')}
vPieceMm = (pieceFromWorld * modelMatrix * inModel).xyz;
vHair = hairFromWorld * modelMatrix * inModel;`;

const fadeGlsl = /* glsl */ `
varying vec3 vPieceMm;
uniform vec3 lightTint;
uniform float presence;
uniform vec2 fadeZ;${underHairGlsl}
float productCoverage() {
  float coverage = presence * smoothstep(fadeZ.x, fadeZ.y, vPieceMm.z) * (1.0 - underHair(vPieceMm.z));
  if (coverage >= 1.0) return 1.0;
  // Interleaved gradient noise (Jimenez 2014) between the few steps that the samples have.
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  coverage += (noise - 0.5) * 0.25;
  if (coverage < 0.125) discard;
  return min(coverage, 1.0);
}`;

const coverageGlsl = /* glsl */ `
#ifndef BAKED_GLASS
  gl_FragColor.a *= productCoverage();
#endif`;

/**
 * A lens bends, and a coated one is never quite flat: what it reflects is soft, or a softbox's edge stands in it as a hard
 * wedge. What is seen through it stays sharp, so its roughness is another only while the studio is looked up. Stones keep
 * their edges.
 */
const softLensGlsl = /* glsl */ `
#if defined(USE_TRANSMISSION) || defined(BAKED_GLASS)
  float clearRoughness = material.roughness;
  if (ior < 1.65) material.roughness = max(clearRoughness, 0.26);
#endif
#include <lights_fragment_maps>
#if defined(USE_TRANSMISSION) || defined(BAKED_GLASS)
  material.roughness = clearRoughness;
#endif`;

/** What is seen through glass has the camera's noise already. */
const addGrainGlsl = /* glsl */ `
#if !defined(USE_TRANSMISSION) && !defined(BAKED_GLASS)
  if (grain.x > 0.0) gl_FragColor.rgb += grainOf(gl_FragColor.rgb);
#endif`;

/** Reflections on what is not tone-mapped roll off by themselves, or a softbox in a lens is a hard white patch. */
const softGlintGlsl = /* glsl */ `
#if defined(USE_TRANSMISSION) || defined(BAKED_GLASS)
  float glint = max(totalSpecular.r, max(totalSpecular.g, totalSpecular.b));
  if (glint > 0.6) totalSpecular *= (0.6 + 0.4 * (1.0 - exp((0.6 - glint) * 1.4))) / glint;
#endif`;

/** The environment lookup of three.js with the tint in it: what shows through a lens keeps the camera's own colours. */
export function tintedEnvironment(): string {
  // Built pages have three.js's shaders without the spaces around operators.
  return ShaderChunk.envmap_physical_pars_fragment.replaceAll(
    /\*\s*envMapIntensity/g,
    '* envMapIntensity * lightTint',
  );
}

/** Inserts GLSL after a line that three.js must have: its absence after an update of three.js is a fault, not a quiet loss. */
export function insertAfter(source: string, anchor: string, addition: string): string {
  return insteadOf(source, anchor, `${anchor}\n${addition}`);
}

/** Puts GLSL in the place of what three.js must have. */
export function insteadOf(source: string, anchor: string, glsl: string): string {
  if (!source.includes(anchor)) throw new Error(`three.js's shader has no "${anchor}"`);
  return source.replace(anchor, glsl);
}
