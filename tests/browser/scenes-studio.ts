/** How the studio's light comes out of its filter, read back from the graphics memory; loaded in a page by `scenes-page.ts`. */
import { WebGLRenderer } from 'three';
import { StudioLight } from '../../scenes/light/studio-light.ts';
import { houseStudio } from '../../scenes/light/studio.ts';

/** The two levels of which every direction is made of samples; the others are of other means. */
const levels = [1, 2] as const;
const sidePx = 256;

/**
 * How far the studio of fewer samples is from that of more, as a share of the light there: the mean over all directions, for the two
 * sharpest levels that are blurred.
 */
export function studioDeviation(samples: number, more: number): number[] {
  const renderer = new WebGLRenderer();
  const fewer = radiance(renderer, samples);
  const finer = radiance(renderer, more);
  renderer.dispose();
  renderer.forceContextLoss();
  return levels.map((level, at) => {
    const [some, whole] = [fewer[at] ?? [], finer[at] ?? []];
    if (some.length !== 6 * 3 * (sidePx >> level) ** 2) throw new Error(`Level ${level} was not read.`);
    const sum = some.reduce((total, value, i) => total + Math.abs(value - (whole[i] ?? 0)), 0);
    return sum / whole.reduce((total, value) => total + value, 0);
  });
}

function radiance(renderer: WebGLRenderer, samples: number): number[][] {
  const light = new StudioLight(renderer, houseStudio, samples);
  const gl = renderer.getContext() as WebGL2RenderingContext;
  const { __webglTexture: texture } = renderer.properties.get(light.texture) as {
    __webglTexture: WebGLTexture;
  };
  const frame = gl.createFramebuffer();
  gl.bindFramebuffer(gl.FRAMEBUFFER, frame);
  const read = levels.map((level) => {
    const side = sidePx >> level;
    return Array.from({ length: 6 }, (_, face) => {
      const target = gl.TEXTURE_CUBE_MAP_POSITIVE_X + face;
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, target, texture, level);
      const pixels = new Float32Array(side * side * 4);
      gl.readPixels(0, 0, side, side, gl.RGBA, gl.FLOAT, pixels);
      return [...pixels].filter((_value, i) => i % 4 < 3);
    }).flat();
  });
  gl.deleteFramebuffer(frame);
  renderer.resetState();
  light.dispose();
  return read;
}
