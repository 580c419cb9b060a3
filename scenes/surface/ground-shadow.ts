import {
  CustomBlending,
  Mesh,
  PlaneGeometry,
  ShaderMaterial,
  SrcColorFactor,
  Vector3,
  ZeroFactor,
} from 'three';
import type { CoverageMap } from './coverage-map.ts';

/** Above 1: a thin rim, blurred, hides little of the light, yet where it touches the table its shadow is dark. */
const STRENGTH = 2.2;
const DECAY_MM = 22;
const DARKEST = 0.55;

const vertexShader = /* glsl */ `
varying vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const fragmentShader = /* glsl */ `
uniform sampler2D coverageMap;
uniform vec3 shadow;
uniform float groundZ;
varying vec2 vUv;
void main() {
  vec2 hidden = texture2D(coverageMap, vUv).rg;
  float height = max(hidden.g / max(hidden.r, 1e-3) - groundZ, 0.0);
  float alpha = shadow.x * hidden.r * exp(-height * shadow.y);
  // Rolls off towards the darkest instead of being cut.
  alpha = shadow.z * (1.0 - exp(-alpha / shadow.z));
  gl_FragColor = vec4(vec3(1.0 - alpha), 1.0);
  #include <colorspace_fragment>
}`;

/**
 * The soft shadow of a piece on the table under it, as a plane that multiplies what is behind it. The map was baked with
 * the table's upright as its z axis; `groundZMm` is the height of the table in it. The plane takes the map's own patch:
 * its parent turns it to lie under the piece. Owns neither map.
 */
export function createGroundShadow({ texture, patch }: CoverageMap, groundZMm: number): Mesh {
  const material = new ShaderMaterial({
    vertexShader,
    fragmentShader,
    uniforms: {
      coverageMap: { value: texture },
      shadow: { value: new Vector3(STRENGTH, 1 / DECAY_MM, DARKEST) },
      groundZ: { value: groundZMm },
    },
    toneMapped: false,
    depthWrite: false,
    blending: CustomBlending,
    blendSrc: ZeroFactor,
    blendDst: SrcColorFactor,
  });
  const mesh = new Mesh(new PlaneGeometry(patch.width, patch.height), material);
  mesh.position.set(patch.minX + patch.width / 2, patch.minY + patch.height / 2, groundZMm);
  return mesh;
}
