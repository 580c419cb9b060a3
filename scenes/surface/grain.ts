import { Vector4, type IUniform } from 'three';

/** (standard deviation in display values, camera pixels per device pixel, and where in the noise this picture is: x, y). */
export type GrainUniform = IUniform<Vector4>;

export function createGrain(): GrainUniform {
  return { value: new Vector4(0, 1, 0, 0) };
}

/** More than this is a camera in the dark, whose noise on a jewel would look like dirt. */
const MOST = 0.035;
/** Steps through the noise whose multiples never come near each other. */
const STEP_X = 0.754877666;
const STEP_Y = 0.569840291;

/**
 * Another picture of a camera: `noise` is the standard deviation of its noise in display values, null where none was
 * measured; `cameraPerDevicePx` is how many of its pixels one of the screen's is.
 */
export function moveGrain({ value }: GrainUniform, noise: number | null, cameraPerDevicePx: number): void {
  value.x = Math.min(MOST, noise ?? 0);
  value.y = Math.min(1, cameraPerDevicePx);
  value.z = (value.z + STEP_X) % 1;
  value.w = (value.w + STEP_Y) % 1;
}

/** No grain: this is no camera's picture. */
export function clearGrain({ value }: GrainUniform): void {
  value.x = 0;
}

/**
 * GLSL: `vec3 grainOf(vec3 shown)` is what a camera's noise would add to an encoded colour: as large as the camera's pixels
 * are on screen and drawn as softly between them; more in the dark, since light is counted in photons and then encoded;
 * mostly the same in all colours.
 */
export const grainGlsl = /* glsl */ `
uniform vec4 grain;
vec3 grainAt(vec2 cell) {
  vec3 p = fract(vec3(cell.xyx) * vec3(0.1031, 0.1030, 0.0973) + grain.zwz);
  p += dot(p, p.yxz + 33.33);
  vec3 even = fract((p.xxy + p.yzz) * p.zyx);
  vec3 other = fract((p.zxy + p.xyz) * p.yzx * 7.31);
  // Sums of two even throws, centred: one for all colours, and one of each; a standard deviation of 0.295 together.
  vec3 each = vec3(even.y + other.z, even.z + other.y, even.y + other.y);
  return mix(vec3(even.x + other.x), each, 0.4) - 1.0;
}
vec3 grainOf(vec3 shown) {
  // As a picture is read: a value at the middle of each of its pixels.
  vec2 at = gl_FragCoord.xy * grain.y - 0.5;
  vec2 cell = floor(at);
  vec2 part = at - cell;
  vec3 noise = mix(
    mix(grainAt(cell), grainAt(cell + vec2(1.0, 0.0)), part.x),
    mix(grainAt(cell + vec2(0.0, 1.0)), grainAt(cell + vec2(1.0, 1.0)), part.x),
    part.y);
  vec3 dark = mix(vec3(1.25), vec3(0.5), clamp(shown, 0.0, 1.0));
  return grain.x * 3.4 * noise * dark;
}`;
