import {
  PMREMGenerator,
  type Scene,
  type ShaderMaterial,
  type WebGLCubeRenderTarget,
  type WebGLRenderer,
  type WebGLRenderTarget,
} from 'three';
import { insteadOf } from '../surface/dress-product.ts';

/** What three.js takes for every direction of a reflection that is nearly sharp. */
const wholeSamples = 256;

/** A part of three.js's generator that its types leave out. */
interface Prefilter {
  _renderCube(target: WebGLCubeRenderTarget, level: number, material: ShaderMaterial): void;
}

const Generator = PMREMGenerator as unknown as new (renderer: WebGLRenderer) => PMREMGenerator & Prefilter;

/**
 * Filters a studio for every roughness, from so many samples for a direction. Where a processor draws in a graphics card's place, all of
 * three.js's samples are most of what a stage costs before its first picture.
 */
export class StudioFilter extends Generator implements Prefilter {
  readonly #samples: number;

  constructor(renderer: WebGLRenderer, samples: number) {
    super(renderer);
    this.#samples = samples;
  }

  /** The studio as an environment map. */
  filter(scene: Scene, far: number): WebGLRenderTarget {
    return this.fromScene(scene, 0, 0.1, far);
  }

  override _renderCube(target: WebGLCubeRenderTarget, level: number, material: ShaderMaterial): void {
    if (material.name === 'PMREMGGXConvolution') this.#thin(material);
    super._renderCube(target, level, material);
  }

  /** Each of fewer samples stands for more of the studio: it is read from a level as much coarser. */
  #thin(material: ShaderMaterial): void {
    const define = (samples: number): string => `#define GGX_SAMPLES ${samples}u`;
    if (!material.fragmentShader.includes(define(this.#samples))) {
      material.fragmentShader = insteadOf(
        material.fragmentShader,
        define(wholeSamples),
        define(this.#samples),
      );
    }
    const { lodBias } = material.uniforms;
    if (lodBias === undefined) throw new Error('three.js filters a studio by other means now');
    lodBias.value += 0.5 * Math.log2(wholeSamples / this.#samples);
  }
}
