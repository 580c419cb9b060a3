import {
  AdditiveBlending,
  Color,
  CustomBlending,
  DirectionalLight,
  FloatType,
  HalfFloatType,
  Mesh,
  NeutralToneMapping,
  NoBlending,
  OneFactor,
  OrthographicCamera,
  PCFShadowMap,
  PerspectiveCamera,
  PlaneGeometry,
  Scene,
  ShaderMaterial,
  Vector3,
  WebGLRenderTarget,
  type WebGLRenderer,
} from 'three';
import { studioDirection } from '../../scenes/light/studio.ts';
import { fullViewVertex } from '../../scenes/surface/studio-roll.ts';
import type { StillLife } from './still-life.ts';

/** How far from the middle of the picture the lamps stand, and how much of it their shadows cover. */
const lampMm = 1_500;
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** How a picture is taken. */
export interface ExposureOptions {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Pictures that are laid over one another: each with the lens, the sun and the sky a little elsewhere. */
  readonly samples: number;
}

/**
 * Takes a picture as a long exposure: many drawings of the same scene, each from another place of the lens, with the sun at another
 * place of its disc and the sky's light from another side, summed in linear light. So shadows are soft as far as they should
 * be, corners are dark, and only one distance is sharp.
 */
export async function expose(
  renderer: WebGLRenderer,
  scene: Scene,
  { camera: view, sun, sky, exposure }: StillLife,
  { widthPx, heightPx, samples }: ExposureOptions,
): Promise<void> {
  renderer.setSize(widthPx, heightPx, false);
  renderer.shadowMap.enabled = true;
  renderer.shadowMap.type = PCFShadowMap;
  const drawn = new WebGLRenderTarget(widthPx, heightPx, { type: HalfFloatType });
  const sum = new WebGLRenderTarget(widthPx, heightPx, { type: FloatType, depthBuffer: false });
  const camera = new PerspectiveCamera(view.fovDeg, widthPx / heightPx, 20, 6_000);
  const at = new Vector3(...view.atMm);
  const reachMm = new Vector3(...view.fromMm).distanceTo(at) * Math.tan((view.fovDeg * Math.PI) / 360) * 1.9;
  const sunLamp = lamp(sun.colour, sun.strength, reachMm, 4_096);
  const skyLamp = lamp(sky.colour, sky.strength, reachMm, 1_024);
  scene.add(sunLamp, sunLamp.target, skyLamp, skyLamp.target);
  const add = overlay(addFragment, { picture: drawn.texture });
  add.material.blending = CustomBlending;
  add.material.blendEquation = 100;
  add.material.blendSrc = OneFactor;
  add.material.blendDst = OneFactor;

  renderer.setRenderTarget(sum);
  renderer.setClearColor(0x000000, 1);
  renderer.clear();
  renderer.autoClear = true;
  for (let sample = 0; sample < samples; sample += 1) {
    aim(sunLamp, at, discOf(sun.azimuthDeg, sun.elevationDeg, sun.sizeDeg, sample, samples));
    aim(skyLamp, at, domeOf(sample, samples));
    focus(camera, view, sample, samples, widthPx, heightPx);
    renderer.setRenderTarget(drawn);
    renderer.render(scene, camera);
    renderer.setRenderTarget(sum);
    renderer.autoClear = false;
    renderer.render(add.scene, add.camera);
    renderer.autoClear = true;
    // Lets the browser breathe, and a software renderer finish.
    await new Promise((done) => setTimeout(done, 0));
  }
  renderer.setRenderTarget(null);
  renderer.toneMapping = NeutralToneMapping;
  renderer.toneMappingExposure = exposure;
  const print = overlay(printFragment, {
    picture: sum.texture,
    share: 1 / samples,
    aspect: widthPx / heightPx,
  });
  print.material.blending = NoBlending;
  print.material.toneMapped = true;
  renderer.render(print.scene, print.camera);
  renderer.toneMapping = 0;
  scene.remove(sunLamp, sunLamp.target, skyLamp, skyLamp.target);
  for (const { shadow } of [sunLamp, skyLamp]) shadow.dispose();
  for (const target of [drawn, sum]) target.dispose();
}

const addFragment = /* glsl */ `
uniform sampler2D picture;
varying vec2 vView;
void main() {
  // One glint that is a thousand times too bright must not stay as a dot.
  gl_FragColor = vec4(min(texture2D(picture, vView).rgb, vec3(14.0)), 1.0);
}`;

const printFragment = /* glsl */ `
uniform sampler2D picture;
uniform float share;
uniform float aspect;
varying vec2 vView;
void main() {
  vec2 out2 = (vView - 0.5) * vec2(aspect, 1.0);
  float corner = 1.0 - 0.34 * smoothstep(0.25, 0.85, length(out2));
  gl_FragColor = vec4(texture2D(picture, vView).rgb * share * corner, 1.0);
  #include <tonemapping_fragment>
  #include <colorspace_fragment>
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  gl_FragColor.rgb += (noise - 0.5) * 0.006;
}`;

interface Overlay {
  readonly scene: Scene;
  readonly camera: OrthographicCamera;
  readonly material: ShaderMaterial;
}

function overlay(fragmentShader: string, values: Readonly<Record<string, unknown>>): Overlay {
  const material = new ShaderMaterial({
    vertexShader: fullViewVertex,
    fragmentShader,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
    blending: AdditiveBlending,
    uniforms: Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }])),
  });
  const scene = new Scene();
  const quad = new Mesh(new PlaneGeometry(2, 2), material);
  quad.frustumCulled = false;
  scene.add(quad);
  return { scene, camera: new OrthographicCamera(), material };
}

function lamp(colour: string, strength: number, reachMm: number, mapPx: number): DirectionalLight {
  const light = new DirectionalLight(new Color(colour), strength);
  light.castShadow = true;
  light.shadow.mapSize.set(mapPx, mapPx);
  light.shadow.bias = -0.0006;
  light.shadow.normalBias = 0.18;
  const { camera } = light.shadow;
  [camera.left, camera.right, camera.bottom, camera.top] = [-reachMm, reachMm, -reachMm, reachMm];
  [camera.near, camera.far] = [100, lampMm * 2.2];
  return light;
}

function aim(light: DirectionalLight, at: Vector3, direction: Vector3): void {
  light.target.position.copy(at);
  light.position.copy(at).addScaledVector(direction, lampMm);
}

/** Evenly over a disc: Vogel's spiral. */
function onDisc(sample: number, samples: number): readonly [x: number, y: number] {
  const radius = Math.sqrt((sample + 0.5) / samples);
  return [radius * Math.cos(sample * goldenAngle), radius * Math.sin(sample * goldenAngle)];
}

function discOf(
  azimuthDeg: number,
  elevationDeg: number,
  sizeDeg: number,
  sample: number,
  samples: number,
): Vector3 {
  const [x, y] = onDisc((sample * 7) % samples, samples);
  return new Vector3(
    ...studioDirection(azimuthDeg + (x * sizeDeg) / 2, Math.max(2, elevationDeg + (y * sizeDeg) / 2)),
  );
}

/** Over the sky, by the cosine to straight above: the light that a level surface gets from it. */
function domeOf(sample: number, samples: number): Vector3 {
  const [x, z] = onDisc((sample * 5) % samples, samples);
  return new Vector3(x, Math.sqrt(Math.max(0.02, 1 - x * x - z * z)), z);
}

function focus(
  camera: PerspectiveCamera,
  { fromMm, atMm, sharpMm = atMm, lensMm }: StillLife['camera'],
  sample: number,
  samples: number,
  widthPx: number,
  heightPx: number,
): void {
  const [x, y] = onDisc((sample * 3) % samples, samples);
  camera.position.set(...fromMm);
  camera.lookAt(...atMm);
  camera.updateMatrixWorld();
  const [right, up, back] = [new Vector3(), new Vector3(), new Vector3()];
  camera.matrixWorld.extractBasis(right, up, back);
  const sharp = new Vector3(...sharpMm).sub(camera.position).dot(back) * -1;
  const [shiftX, shiftY] = [(x * lensMm) / 2, (y * lensMm) / 2];
  camera.position.addScaledVector(right, shiftX).addScaledVector(up, shiftY);
  // The view is shifted back as far as the sharp plane went: a lens, not a step aside.
  const pxPerMm = heightPx / (2 * sharp * Math.tan((camera.fov * Math.PI) / 360));
  const jitterX = ((sample * 0.754877666) % 1) - 0.5;
  const jitterY = ((sample * 0.569840291) % 1) - 0.5;
  camera.setViewOffset(
    widthPx,
    heightPx,
    -shiftX * pxPerMm + jitterX,
    shiftY * pxPerMm + jitterY,
    widthPx,
    heightPx,
  );
}
