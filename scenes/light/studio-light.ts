import {
  BackSide,
  Matrix3,
  Mesh,
  Scene,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
  Vector4,
  type Texture,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import { StudioFilter } from './studio-filter.ts';
import { studioDirection, type Softbox, type Studio } from './studio.ts';

const SPHERE_RADIUS = 10;

const vertexShader = /* glsl */ `
varying vec3 vDirection;
void main() {
  vDirection = position;
  gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
}`;

const fragmentShader = /* glsl */ `
uniform mat3 boxFromWorld[BOXES];
uniform vec4 boxShape[BOXES];
uniform vec3 boxRadiance[BOXES];
uniform vec3 room;
varying vec3 vDirection;

void main() {
  vec3 direction = normalize(vDirection);
  float up = direction.y;
  float wall = up > 0.0 ? mix(room.y, room.x, smoothstep(0.0, 0.9, up)) : mix(room.y, room.z, smoothstep(0.0, 0.5, -up));
  vec3 radiance = vec3(wall);
  for (int i = 0; i < BOXES; i++) {
    vec3 local = boxFromWorld[i] * direction;
    if (local.z <= 0.0) continue;
    vec2 across = abs(local.xy / local.z) / boxShape[i].xy;
    vec2 edge = 1.0 - smoothstep(vec2(1.0 - boxShape[i].z), vec2(1.0), across);
    // A real softbox is brighter in the middle, where its lamp is.
    float falloff = mix(1.0, 0.72, clamp(dot(across, across) * 0.5, 0.0, 1.0));
    radiance += boxRadiance[i] * (edge.x * edge.y * falloff);
  }
  gl_FragColor = vec4(radiance, 1.0);
}`;

/**
 * The studio as an environment map: rendered from code, filtered once for every roughness (PMREM), owned here. Its pixels
 * live in GPU memory only, so after a lost context it must be baked again: else metal reflects black.
 */
export class StudioLight {
  readonly #renderer: WebGLRenderer;
  readonly #studio: Studio;
  #samples: number;
  #target: WebGLRenderTarget;

  /** Filtered from `samples` for a direction. */
  constructor(renderer: WebGLRenderer, studio: Studio, samples = 256) {
    this.#renderer = renderer;
    this.#studio = studio;
    this.#samples = samples;
    this.#target = bake(renderer, studio, samples);
  }

  get texture(): Texture {
    return this.#target.texture;
  }

  get samples(): number {
    return this.#samples;
  }

  /** Bakes anew, after which `texture` is another one. */
  rebake(samples = this.#samples): void {
    this.#samples = samples;
    this.#target.dispose();
    this.#target = bake(this.#renderer, this.#studio, samples);
  }

  dispose(): void {
    this.#target.dispose();
  }
}

function bake(renderer: WebGLRenderer, studio: Studio, samples: number): WebGLRenderTarget {
  const material = new ShaderMaterial({
    side: BackSide,
    toneMapped: false,
    depthWrite: false,
    vertexShader,
    fragmentShader,
    defines: { BOXES: studio.boxes.length },
    uniforms: {
      boxFromWorld: { value: studio.boxes.map(boxFromWorld) },
      boxShape: { value: studio.boxes.map(boxShape) },
      boxRadiance: {
        value: studio.boxes.map(({ radiance, tint }) => new Vector3(...tint).multiplyScalar(radiance)),
      },
      room: { value: new Vector3(studio.ceiling, studio.horizon, studio.floor) },
    },
  });
  const geometry = new SphereGeometry(SPHERE_RADIUS, 32, 16);
  const scene = new Scene();
  scene.add(new Mesh(geometry, material));
  const generator = new StudioFilter(renderer, samples);
  const target = generator.filter(scene, SPHERE_RADIUS * 2);
  generator.dispose();
  geometry.dispose();
  material.dispose();
  return target;
}

/** Rows are the box's own axes: across, along, and towards its middle. */
function boxFromWorld(box: Softbox): Matrix3 {
  const towards = new Vector3(...studioDirection(box.azimuthDeg, box.elevationDeg));
  const across = new Vector3(0, 1, 0).cross(towards).normalize();
  across.applyAxisAngle(towards, (box.rollDeg * Math.PI) / 180);
  const along = new Vector3().crossVectors(towards, across);
  return new Matrix3().set(
    across.x,
    across.y,
    across.z,
    along.x,
    along.y,
    along.z,
    towards.x,
    towards.y,
    towards.z,
  );
}

function boxShape(box: Softbox): Vector4 {
  const halfTan = (wholeDeg: number): number => Math.tan((wholeDeg * Math.PI) / 360);
  return new Vector4(halfTan(box.widthDeg), halfTan(box.heightDeg), box.softness, 0);
}
