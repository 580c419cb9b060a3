import { Color, ShaderMaterial, Vector2 } from 'three';
import type { StageTheme } from '../theme.ts';

/** A full-view quad's vertices are its clip coordinates; `vView` runs from (0, 0) bottom left to (1, 1). */
export const fullViewVertex = /* glsl */ `
varying vec2 vView;
void main() {
  vView = position.xy * 0.5 + 0.5;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}`;

const fragmentShader = /* glsl */ `
uniform vec3 ground;
uniform vec3 glow;
uniform vec2 viewPx;
varying vec2 vView;
void main() {
  // A lamp on a paper roll: brightest behind the piece, falling off towards the corners and the floor.
  vec2 fromLamp = (vView - vec2(0.5, 0.6)) * vec2(viewPx.x / viewPx.y, 1.0);
  float light = exp(-3.2 * dot(fromLamp, fromLamp));
  light *= mix(0.8, 1.0, smoothstep(0.0, 0.45, vView.y));
  gl_FragColor = vec4(mix(ground, glow, light), 1.0);
  #include <colorspace_fragment>
  // Half a step of noise hides the bands that eight bits leave in so slow a gradient.
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  gl_FragColor.rgb += (noise - 0.5) / 255.0;
}`;

/** Paper in full light, warm. */
const grey = new Color('#f1ece2');

function luminanceOf({ r, g, b }: Color): number {
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The studio's paper roll in the Maison's colours, as the material of a full-view quad. */
export class StudioRoll {
  readonly material: ShaderMaterial;
  readonly #leastGlow: number;
  readonly #ground = new Color();
  readonly #glow = new Color();
  readonly #viewPx = new Vector2(1, 1);

  /** `leastGlow`: luminance that the lamp reaches on a dark house's paper, for what must be seen through. */
  constructor(theme: StageTheme, leastGlow = 0) {
    this.#leastGlow = leastGlow;
    this.material = new ShaderMaterial({
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
      vertexShader: fullViewVertex,
      fragmentShader,
      uniforms: {
        ground: { value: this.#ground },
        glow: { value: this.#glow },
        viewPx: { value: this.#viewPx },
      },
    });
    this.setTheme(theme);
  }

  setTheme(theme: StageTheme): void {
    this.#ground.set(theme.ground);
    this.#glow.set(theme.glow).lerp(grey, Math.max(0, this.#leastGlow - luminanceOf(this.#glow)));
  }

  setView(widthPx: number, heightPx: number): void {
    this.#viewPx.set(widthPx, heightPx);
  }

  dispose(): void {
    this.material.dispose();
  }
}
