import {
  AddEquation,
  CustomBlending,
  MeshPhysicalMaterial,
  NormalBlending,
  OneFactor,
  OneMinusSrcAlphaFactor,
  Vector3,
  type IUniform,
  type Material,
} from 'three';
import type { GlassMode } from '../quality/quality-tier.ts';
import { MM_PER_METRE } from '../units.ts';

/** Above this index a thing is a stone, whose facets give the room's light back; below it a lens. */
const STONE_IOR = 1.65;
/** A lens that lets through more of every colour than this has no tint to be seen. */
const CLEAR = 0.9;
/** The share of what comes out of a stone that came in elsewhere and not from behind it. */
const STONE_BODY = 0.42;

/** What a baked glass tells its shader beside what all materials of its piece share. */
interface BakedUniforms {
  readonly [uniform: string]: IUniform;
  /** What passes of white light, linear. */
  readonly glassPasses: IUniform<Vector3>;
  /** The share that comes from the stone's inside; 0 is a lens. */
  readonly glassBody: IUniform<number>;
}

/** What a material is when nothing is spared. */
interface Nature {
  readonly transmission: number;
  readonly dispersion: number;
  readonly alphaToCoverage: boolean;
}

/** Of every material that a keeper has met: baked glass does not look like glass to three.js. */
const natures = new WeakMap<MeshPhysicalMaterial, Nature>();

function natureOf(material: MeshPhysicalMaterial): Nature {
  const { transmission, dispersion, alphaToCoverage } = material;
  return natures.get(material) ?? { transmission, dispersion, alphaToCoverage };
}

/** The share of light that a material lets through before its depth takes some; 0 is not glass. */
export function transmissionOf(material: Material): number {
  return material instanceof MeshPhysicalMaterial ? natureOf(material).transmission : 0;
}

/**
 * Draws everything that lets light through, of all pieces of one stage, in one way or another. A renderer that bends light
 * draws the whole picture a second time first; baked glass does without.
 */
export class GlassKeeper {
  readonly #materials = new Set<MeshPhysicalMaterial>();
  #mode: GlassMode;

  constructor(mode: GlassMode) {
    this.#mode = mode;
  }

  get mode(): GlassMode {
    return this.#mode;
  }

  /** Takes a material in, if it is of glass, until it is disposed; gives what its shader needs when it is baked. */
  keep(material: Material): BakedUniforms | null {
    if (!(material instanceof MeshPhysicalMaterial) || material.transmission === 0) return null;
    natures.set(material, natureOf(material));
    this.#materials.add(material);
    material.addEventListener('dispose', () => this.#materials.delete(material));
    dressAs(material, this.#mode);
    const passes = new Vector3(...transmittanceOf(material)).multiplyScalar(transmissionOf(material));
    return {
      glassPasses: { value: passes },
      glassBody: { value: material.ior > STONE_IOR ? STONE_BODY : 0 },
    };
  }

  /** Draws all of it so from the next picture on. */
  setMode(mode: GlassMode): void {
    if (mode === this.#mode) return;
    this.#mode = mode;
    for (const material of this.#materials) dressAs(material, mode);
  }
}

/** What a material's depth leaves of white light, linear; for a model in millimetres. */
export function transmittanceOf(
  material: MeshPhysicalMaterial,
): readonly [red: number, green: number, blue: number] {
  if (!Number.isFinite(material.attenuationDistance)) return [1, 1, 1];
  const { r, g, b } = material.attenuationColor;
  const depths = (material.thickness * MM_PER_METRE) / Math.max(material.attenuationDistance, 1e-6);
  return [r ** depths, g ** depths, b ** depths];
}

/**
 * Whether it is a lens as clear as air: what is seen through it is not bent to be noticed, but would be blurred where the picture that is
 * seen through glass is drawn smaller, and that is the wearer's eyes.
 */
function isClearLens(material: MeshPhysicalMaterial, { transmission }: Nature): boolean {
  if (transmission < 1 || material.roughness > 0 || material.map !== null || material.ior > STONE_IOR)
    return false;
  const { r, g, b } = material.color;
  return Math.min(r, g, b, ...transmittanceOf(material)) > CLEAR;
}

function dressAs(material: MeshPhysicalMaterial, mode: GlassMode): void {
  const nature = natureOf(material);
  const isBaked = mode === 'baked' || (mode === 'bent' && isClearLens(material, nature));
  material.transmission = isBaked ? 0 : nature.transmission;
  material.dispersion = mode === 'dispersed' ? nature.dispersion : 0;
  material.transparent = isBaked;
  material.alphaToCoverage = nature.alphaToCoverage && !isBaked;
  // One pass over front and back: what lies behind shows by blending anyway.
  material.forceSinglePass = isBaked;
  material.blending = isBaked ? CustomBlending : NormalBlending;
  material.blendEquation = AddEquation;
  material.blendSrc = OneFactor;
  material.blendDst = OneMinusSrcAlphaFactor;
  const { defines } = material;
  if (defines) {
    if (isBaked) defines['BAKED_GLASS'] = '';
    else delete defines['BAKED_GLASS'];
  }
  material.needsUpdate = true;
}

/** GLSL before `main`: the uniforms of baked glass. */
export const bakedGlassPars = /* glsl */ `
#ifdef BAKED_GLASS
uniform vec3 glassPasses;
uniform float glassBody;
#endif`;

/**
 * GLSL after three.js's own sum of light: what glass reflects and lets through, and from a stone's facets the room as its
 * far side throws it back.
 */
export const bakedGlassGlsl = /* glsl */ `
#ifdef BAKED_GLASS
  vec3 glassThrough = diffuseColor.rgb * glassPasses;
  float glassBehind = min(glassThrough.r, min(glassThrough.g, glassThrough.b)) * (1.0 - glassBody);
  vec3 glassSkin = 0.3 * lightTint;
  vec3 glassShown = glassThrough * glassSkin;
  if (glassBody > 0.0) {
    vec3 thrown = normalize(vec3(-normal.xy * 1.9, normal.z));
    glassShown = mix(glassShown, glassThrough * getIBLRadiance(geometryViewDir, thrown, 0.04), glassBody);
  }
  gl_FragColor = vec4(totalSpecular + glassShown, 1.0);
#endif`;

/**
 * GLSL after the colour was encoded: blending knows one share for all colours, so the rest of a lens's colour is given to
 * an average skin behind it. What is there is encoded, and so are the share and what is added.
 */
export const blendGlassGlsl = /* glsl */ `
#ifdef BAKED_GLASS
  vec3 glassLeft = linearToOutputTexel(vec4(glassBehind * glassSkin, 1.0)).rgb;
  gl_FragColor = vec4(max(gl_FragColor.rgb - glassLeft, 0.0), 1.0 - pow(glassBehind, 1.0 / 2.2));
  gl_FragColor *= productCoverage();
#endif`;
