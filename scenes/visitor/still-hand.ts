import {
  DepthTexture,
  GLSL3,
  Mesh,
  NearestFilter,
  PlaneGeometry,
  RawShaderMaterial,
  UnsignedIntType,
  WebGLRenderTarget,
} from 'three';
import type { Camera, Object3D, WebGLRenderer } from 'three';
import { handVertexGlsl } from './hand-paint.ts';

const copyGlsl = /* glsl */ `
precision highp float;
uniform sampler2D uColour;
uniform highp sampler2D uDepth;
out vec4 colour;
void main() {
  ivec2 at = ivec2(gl_FragCoord.xy);
  colour = texelFetch(uColour, at, 0);
  if (colour.a == 0.0) discard;
  gl_FragDepth = texelFetch(uDepth, at, 0).r;
}`;

/** A hand that is held still, marched once and then laid over each picture, with its depth: a march takes a machine without a GPU seconds. */
export class StillHand {
  readonly mesh: Mesh;
  readonly #target: WebGLRenderTarget;
  readonly #material: RawShaderMaterial;
  readonly #screen = new PlaneGeometry(2, 2);

  constructor(widthPx: number, heightPx: number) {
    this.#target = new WebGLRenderTarget(widthPx, heightPx, {
      minFilter: NearestFilter,
      magFilter: NearestFilter,
      depthTexture: new DepthTexture(widthPx, heightPx, UnsignedIntType),
    });
    this.#material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: handVertexGlsl,
      fragmentShader: copyGlsl,
      uniforms: {
        uColour: { value: this.#target.texture },
        uDepth: { value: this.#target.depthTexture },
      },
    });
    this.mesh = new Mesh(this.#screen, this.#material);
    this.mesh.frustumCulled = false;
  }

  /** Marches the hand as it is held now. */
  take(renderer: WebGLRenderer, hand: Object3D, camera: Camera): void {
    const before = renderer.getRenderTarget();
    renderer.setRenderTarget(this.#target);
    renderer.setClearColor(0x000000, 0);
    renderer.render(hand, camera);
    renderer.setRenderTarget(before);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.#screen.dispose();
    this.#material.dispose();
    this.#target.depthTexture?.dispose();
    this.#target.dispose();
  }
}
