import { Matrix4, Vector3, Vector4, type IUniform, type Texture } from 'three';
import type { CoverageMap } from './coverage-map.ts';

/** So many worn pieces cast a contact shadow at once, those that were put on first. */
export const shadowSlots = 4;

/** What a surface needs to receive the pieces' contact shadows. One set is shared by all receivers of a stage. */
export interface ContactShadowUniforms {
  readonly [uniform: string]: IUniform;
  readonly coverageMaps: IUniform<(Texture | null)[]>;
  /** (minX, minY, 1/width, 1/height) of each map in its piece's frame. */
  readonly coveragePatches: IUniform<Vector4[]>;
  readonly piecesFromWorld: IUniform<Matrix4[]>;
  /** (strength k, 1/λ in mm⁻¹, rise of the light per mm of distance) of each; a strength of 0 casts none. */
  readonly contacts: IUniform<Vector3[]>;
  /** How much skin darkens where a piece touches it, beside the shadow: 1 or, where that is spared, 0. */
  readonly touch: IUniform<number>;
}

/** How one kind of piece darkens the skin that it lies on. */
export interface ContactShadowShape {
  /** How dark the shadow is where the piece touches, 0 to 1. */
  readonly strength: number;
  /** Over how many millimetres it is lost (1/e). */
  readonly decayMm: number;
  /** How steeply the light falls along the piece's own −y: a boutique's light comes from above, so a rim darkens the skin below it. */
  readonly lightRise: number;
}

export function createContactShadowUniforms(): ContactShadowUniforms {
  const slots = <Value>(make: () => Value): Value[] => Array.from({ length: shadowSlots }, make);
  return {
    coverageMaps: { value: slots(() => null) },
    coveragePatches: { value: slots(() => new Vector4(0, 0, 1, 1)) },
    piecesFromWorld: { value: slots(() => new Matrix4()) },
    contacts: { value: slots(() => new Vector3(0, 1, 0)) },
    touch: { value: 1 },
  };
}

/** Lets the shadow of `map`'s piece fall with `presence` 0 to 1, as the slot's own; null takes the shadow away. */
export function setContactShadow(
  uniforms: ContactShadowUniforms,
  slot: number,
  map: CoverageMap | null,
  shape: ContactShadowShape | null,
  presence: number,
): void {
  const contact = uniforms.contacts.value[slot];
  if (contact === undefined) return;
  uniforms.coverageMaps.value[slot] = map?.texture ?? null;
  if (map === null || shape === null) {
    contact.set(0, 1, 0);
    return;
  }
  contact.set(shape.strength * presence, 1 / shape.decayMm, shape.lightRise);
  const { minX, minY, width, height } = map.patch;
  uniforms.coveragePatches.value[slot]?.set(minX, minY, 1 / width, 1 / height);
}

/** Where a piece touches, light from no side reaches the skin: over this far it comes back, close by and all around (mm⁻¹). */
const PER_TOUCH_MM = 1 / 1.6;
const PER_NEARBY_MM = 1 / 7;
const TOUCH = 0.34;
const NEARBY = 0.3;
/** The level of the map's chain in which a piece is spread over what is near it. */
const NEARBY_LEVEL = 2.6;

/**
 * GLSL: `vec3 contactShadow(vec3 world)` is what the pieces leave of the light at a point. For each the shadow of the
 * light from above, `α = k·e^(−d/λ)` times the share that it hides there; and the touch, where it hides the light from all
 * around (ambient occlusion, from the same map and a blurred level of it). Red light scatters in skin, so a shadow on it
 * keeps more red.
 */
export const contactShadowGlsl = /* glsl */ `
#define SHADOW_SLOTS ${shadowSlots}
uniform sampler2D coverageMaps[SHADOW_SLOTS];
uniform vec4 coveragePatches[SHADOW_SLOTS];
uniform mat4 piecesFromWorld[SHADOW_SLOTS];
uniform vec3 contacts[SHADOW_SLOTS];
uniform float touch;
float hiddenAt(sampler2D coverageMap, vec2 uv, float level, float z, float strength, float perMm) {
  if (any(lessThan(uv, vec2(0.0))) || any(greaterThan(uv, vec2(1.0)))) return 0.0;
  vec2 hidden = textureLod(coverageMap, uv, level).rg;
  float distance = max(hidden.g / max(hidden.r, 1e-3) - z, 0.0);
  return strength * hidden.r * exp(-distance * perMm);
}
float leftOf(sampler2D coverageMap, vec4 coveragePatch, mat4 pieceFromWorld, vec3 contact, vec3 world) {
  if (contact.x <= 0.0) return 1.0;
  vec3 point = (pieceFromWorld * vec4(world, 1.0)).xyz;
  vec2 at = (point.xy - coveragePatch.xy) * coveragePatch.zw;
  vec2 above = at + vec2(0.0, contact.z * clamp(-point.z, 0.0, 24.0)) * coveragePatch.zw;
  float left = 1.0 - hiddenAt(coverageMap, above, 0.0, point.z, contact.x, contact.y);
  if (touch > 0.0) {
    float share = touch * contact.x;
    left *= 1.0 - hiddenAt(coverageMap, at, 0.0, point.z, share * ${TOUCH.toFixed(2)}, ${PER_TOUCH_MM.toFixed(4)});
    left *= 1.0 - hiddenAt(coverageMap, at, ${NEARBY_LEVEL.toFixed(1)}, point.z, share * ${NEARBY.toFixed(2)}, ${PER_NEARBY_MM.toFixed(4)});
  }
  return left;
}
vec3 contactShadow(vec3 world) {
  float left = 1.0;
  #pragma unroll_loop_start
  for (int i = 0; i < ${shadowSlots}; i++) {
    left *= leftOf(coverageMaps[ i ], coveragePatches[ i ], piecesFromWorld[ i ], contacts[ i ], world);
  }
  #pragma unroll_loop_end
  return pow(vec3(left), vec3(0.82, 1.0, 1.06));
}`;
