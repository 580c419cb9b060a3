import {
  Box3,
  DoubleSide,
  HalfFloatType,
  LinearFilter,
  LinearMipmapLinearFilter,
  Mesh,
  NoBlending,
  OrthographicCamera,
  PlaneGeometry,
  RGFormat,
  Scene,
  ShaderMaterial,
  Vector2,
  WebGLRenderTarget,
  type Material,
  type Object3D,
  type Texture,
  type WebGLRenderer,
} from 'three';
import { hiddenShare } from './hidden-share.ts';
import { inModelGlsl } from './instanced-glsl.ts';

/** The patch of a plane that a coverage map stands for, in the object's own axes. */
export interface CoveragePatch {
  readonly minX: number;
  readonly minY: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What an object hides of the light that falls along its −z axis, blurred: red is the hidden share of the light, green
 * that share times the height z (mm) at which it is hidden, so that `green / red` is the mean height of the blocker.
 */
export interface CoverageMap {
  readonly texture: Texture;
  readonly patch: CoveragePatch;
  readonly dispose: () => void;
}

export interface CoverageOptions {
  readonly resolutionPx: number;
  /** Standard deviation of the blur. */
  readonly blurMm: number;
  /** Empty rim around the object, so that the blur has room to run out. */
  readonly marginMm: number;
  /** Only what lies above this height hides light; the temples of spectacles would darken a whole cheek. */
  readonly aboveZMm: number;
}

const silhouetteVertex = /* glsl */ `
varying float vHeight;
void main() {
  ${inModelGlsl('position')}
  vec4 world = modelMatrix * inModel;
  vHeight = world.z;
  gl_Position = projectionMatrix * viewMatrix * world;
}`;

const silhouetteFragment = /* glsl */ `
uniform float opacity;
uniform float aboveZ;
varying float vHeight;
void main() {
  if (vHeight < aboveZ) discard;
  gl_FragColor = vec4(opacity, opacity * vHeight, 0.0, 1.0);
}`;

const blurVertex = /* glsl */ `
varying vec2 vUv;
void main() {
  vUv = uv;
  gl_Position = vec4(position.xy, 0.0, 1.0);
}`;

const blurFragment = /* glsl */ `
uniform sampler2D source;
uniform vec2 stepUv;
uniform float sigmaPx;
varying vec2 vUv;
void main() {
  vec2 sum = vec2(0.0);
  float weights = 0.0;
  for (int i = -RADIUS; i <= RADIUS; i++) {
    float x = float(i);
    float weight = exp(-0.5 * x * x / (sigmaPx * sigmaPx));
    sum += weight * texture2D(source, vUv + x * stepUv).rg;
    weights += weight;
  }
  gl_FragColor = vec4(sum / weights, 0.0, 1.0);
}`;

/**
 * Bakes the coverage map of `object`, whose own frame must be the world's (no parent that moves it). Once per piece: the
 * frame and the face it rests on move as one.
 */
export function bakeCoverage(
  renderer: WebGLRenderer,
  object: Object3D,
  options: CoverageOptions,
): CoverageMap {
  object.updateMatrixWorld(true);
  const box = new Box3().setFromObject(object).expandByScalar(options.marginMm);
  const patch: CoveragePatch = {
    minX: box.min.x,
    minY: box.min.y,
    width: box.max.x - box.min.x,
    height: box.max.y - box.min.y,
  };
  const depthMm = box.max.z - box.min.z;
  const camera = new OrthographicCamera(0, patch.width, patch.height, 0, 0, depthMm * 2);
  camera.position.set(patch.minX, patch.minY, box.max.z);
  camera.updateMatrixWorld(true);

  const rows = Math.max(8, Math.round((options.resolutionPx * patch.height) / patch.width));
  const makeTarget = (withLevels: boolean): WebGLRenderTarget =>
    new WebGLRenderTarget(options.resolutionPx, rows, {
      format: RGFormat,
      type: HalfFloatType,
      minFilter: withLevels ? LinearMipmapLinearFilter : LinearFilter,
      magFilter: LinearFilter,
      generateMipmaps: withLevels,
    });
  // Its coarser levels are what a surface sees of the piece all around it.
  const silhouette = makeTarget(true);
  const across = makeTarget(false);
  const scene = new Scene();
  const restore = swapMaterials(object, options.aboveZMm);
  scene.add(object);
  const clearAlpha = renderer.getClearAlpha();
  renderer.setClearAlpha(0);
  try {
    draw(renderer, silhouette, () => renderer.render(scene, camera));
  } finally {
    renderer.setClearAlpha(clearAlpha);
    scene.remove(object);
    restore();
  }
  const sigmaPx = (options.blurMm * options.resolutionPx) / patch.width;
  blur(renderer, silhouette.texture, across, new Vector2(1 / options.resolutionPx, 0), sigmaPx);
  blur(renderer, across.texture, silhouette, new Vector2(0, 1 / rows), sigmaPx);
  across.dispose();
  return { texture: silhouette.texture, patch, dispose: () => silhouette.dispose() };
}

function swapMaterials(object: Object3D, aboveZMm: number): () => void {
  const taken: { readonly mesh: Mesh; readonly material: Material | Material[] }[] = [];
  const made: Material[] = [];
  object.traverse((node) => {
    if (!(node instanceof Mesh)) return;
    const [first] = [node.material].flat() as Material[];
    const material = new ShaderMaterial({
      side: DoubleSide,
      toneMapped: false,
      blending: NoBlending,
      vertexShader: silhouetteVertex,
      fragmentShader: silhouetteFragment,
      uniforms: { opacity: { value: first ? hiddenShare(first) : 1 }, aboveZ: { value: aboveZMm } },
    });
    taken.push({ mesh: node, material: node.material as Material | Material[] });
    made.push(material);
    node.material = material;
  });
  return () => {
    for (const { mesh, material } of taken) mesh.material = material;
    for (const material of made) material.dispose();
  };
}

function blur(
  renderer: WebGLRenderer,
  source: Texture,
  target: WebGLRenderTarget,
  stepUv: Vector2,
  sigmaPx: number,
): void {
  const material = new ShaderMaterial({
    toneMapped: false,
    depthTest: false,
    vertexShader: blurVertex,
    fragmentShader: blurFragment,
    defines: { RADIUS: Math.max(1, Math.ceil(sigmaPx * 2.5)) },
    uniforms: { source: { value: source }, stepUv: { value: stepUv }, sigmaPx: { value: sigmaPx } },
  });
  const quad = new Mesh(new PlaneGeometry(2, 2), material);
  quad.frustumCulled = false;
  draw(renderer, target, () => renderer.render(quad, new OrthographicCamera()));
  quad.geometry.dispose();
  material.dispose();
}

function draw(renderer: WebGLRenderer, target: WebGLRenderTarget, render: () => void): void {
  const before = renderer.getRenderTarget();
  renderer.setRenderTarget(target);
  renderer.clear();
  render();
  renderer.setRenderTarget(before);
}
