import { Matrix4, Vector3, Vector4, type IUniform, type Texture } from 'three';
import type { CoverageMap } from './coverage-map.ts';

/** What a surface needs to receive the piece's contact shadow. One set is shared by all receivers of a stage. */
export interface ContactShadowUniforms {
  readonly [uniform: string]: IUniform;
  readonly coverageMap: IUniform<Texture | null>;
  /** (minX, minY, 1/width, 1/height) of the map in the piece's frame. */
  readonly coveragePatch: IUniform<Vector4>;
  readonly pieceFromWorld: IUniform<Matrix4>;
  /** (strength k, 1/λ in mm⁻¹, rise of the light per mm of distance). */
  readonly contact: IUniform<Vector3>;
}

/**
 * How dark the shadow is where the frame touches, over how many millimetres it is lost (1/e), and how steeply the light
 * falls: the boutique's light comes from above, so a rim darkens the skin below it.
 */
const STRENGTH = 0.62;
const DECAY_MM = 13;
const LIGHT_RISE = 0.45;

export function createContactShadowUniforms(): ContactShadowUniforms {
  return {
    coverageMap: { value: null },
    coveragePatch: { value: new Vector4(0, 0, 1, 1) },
    pieceFromWorld: { value: new Matrix4() },
    contact: { value: new Vector3(0, 1 / DECAY_MM, LIGHT_RISE) },
  };
}

/** Lets the shadow of `map`'s piece fall with `presence` 0 to 1; null takes the shadow away. */
export function setContactShadow(
  uniforms: ContactShadowUniforms,
  map: CoverageMap | null,
  presence: number,
): void {
  uniforms.coverageMap.value = map?.texture ?? null;
  uniforms.contact.value.x = map ? STRENGTH * presence : 0;
  if (map) {
    const { minX, minY, width, height } = map.patch;
    uniforms.coveragePatch.value.set(minX, minY, 1 / width, 1 / height);
  }
}

/**
 * GLSL: `vec3 contactShadow(vec3 world)` is what the shadow leaves of the light at a point. `α = k·e^(−d/λ)`, times the
 * share that the frame hides there; red light scatters in skin, so a shadow on it keeps more red.
 */
export const contactShadowGlsl = /* glsl */ `
uniform sampler2D coverageMap;
uniform vec4 coveragePatch;
uniform mat4 pieceFromWorld;
uniform vec3 contact;
vec3 contactShadow(vec3 world) {
  if (contact.x <= 0.0) return vec3(1.0);
  vec3 point = (pieceFromWorld * vec4(world, 1.0)).xyz;
  vec2 at = point.xy + vec2(0.0, contact.z * clamp(-point.z, 0.0, 24.0));
  vec2 uv = (at - coveragePatch.xy) * coveragePatch.zw;
  if (any(lessThan(uv, vec2(0.0))) || any(greaterThan(uv, vec2(1.0)))) return vec3(1.0);
  vec2 hidden = texture2D(coverageMap, uv).rg;
  float distance = max(hidden.g / max(hidden.r, 1e-3) - point.z, 0.0);
  float alpha = contact.x * hidden.r * exp(-distance * contact.y);
  return pow(vec3(1.0 - alpha), vec3(0.82, 1.0, 1.06));
}`;
