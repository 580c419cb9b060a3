import { Mesh, OrthographicCamera, PlaneGeometry, ShaderMaterial, WebGLRenderTarget } from 'three';
import type { WebGLRenderer } from 'three';
import type { Clock } from '../../sdk/core/clock.ts';
import type { QualityTier } from './quality-tier.ts';

const sidePx = 256;
/** What a graphics processor of a small computer does within its call's own time; above the second, the page's processor draws. */
const fullUnderMs = 6;
const middleUnderMs = 14;

const fragmentShader = /* glsl */ `
void main() {
  vec3 light = vec3(gl_FragCoord.xy / ${sidePx}.0, 0.5);
  for (int i = 0; i < 48; i++) light = fract(light.yzx * 1.37 + sin(light.zxy * 3.1));
  gl_FragColor = vec4(light, 1.0);
}`;

/**
 * The tier with which a stage begins, by a small picture of much arithmetic: drawn twice, since the first time compiles,
 * and read back, since only that waits for it. A first guess; what pictures cost decides from then on.
 */
export function probeTier(renderer: WebGLRenderer, clock: Clock): QualityTier {
  const material = new ShaderMaterial({ fragmentShader, depthTest: false, toneMapped: false });
  const quad = new Mesh(new PlaneGeometry(2, 2), material);
  quad.frustumCulled = false;
  const target = new WebGLRenderTarget(sidePx, sidePx, { depthBuffer: false });
  const camera = new OrthographicCamera();
  const pixel = new Uint8Array(4);
  const draw = (): number => {
    const beganMs = clock.monotonicMs();
    renderer.setRenderTarget(target);
    renderer.render(quad, camera);
    renderer.setRenderTarget(null);
    renderer.readRenderTargetPixels(target, 0, 0, 1, 1, pixel);
    return clock.monotonicMs() - beganMs;
  };
  draw();
  const tookMs = draw();
  quad.geometry.dispose();
  material.dispose();
  target.dispose();
  if (tookMs < fullUnderMs) return 'full';
  return tookMs < middleUnderMs ? 'middle' : 'low';
}
