import {
  Color,
  LinearFilter,
  Mesh,
  PlaneGeometry,
  SRGBColorSpace,
  ShaderMaterial,
  Texture,
  Vector2,
  Vector4,
} from 'three';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import type { StageTheme } from '../theme.ts';
import type { CoverCrop } from './projection.ts';
import { renderOrders } from './render-orders.ts';

const vertexShader = /* glsl */ `
varying vec2 vView;
void main() {
  vView = position.xy * 0.5 + 0.5;
  gl_Position = vec4(position.xy, 1.0, 1.0);
}`;

const pictureFragment = /* glsl */ `
uniform sampler2D picture;
uniform vec4 crop;
varying vec2 vView;
void main() {
  vec2 uv = crop.xy + vec2(vView.x, 1.0 - vView.y) * crop.zw;
  gl_FragColor = vec4(texture2D(picture, uv).rgb, 1.0);
  #include <colorspace_fragment>
}`;

const studioFragment = /* glsl */ `
uniform vec3 ground;
uniform vec3 glow;
uniform vec2 viewPx;
varying vec2 vView;
void main() {
  // A lamp on a paper roll: brightest behind the head, falling off towards the corners and the floor.
  vec2 fromLamp = (vView - vec2(0.5, 0.6)) * vec2(viewPx.x / viewPx.y, 1.0);
  float light = exp(-3.2 * dot(fromLamp, fromLamp));
  light *= mix(0.8, 1.0, smoothstep(0.0, 0.45, vView.y));
  vec3 colour = mix(ground, glow, light);
  gl_FragColor = vec4(colour, 1.0);
  #include <colorspace_fragment>
  // Half a step of noise hides the bands that eight bits leave in so slow a gradient.
  float noise = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
  gl_FragColor.rgb += (noise - 0.5) / 255.0;
}`;

/**
 * What stands behind the product: the very camera picture in which its anchors were found, or a studio in the Maison's
 * colours where there is no camera. Owns the picture it shows and closes it when the next one comes.
 */
export class Backdrop {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  readonly #picture: ShaderMaterial;
  readonly #studio: ShaderMaterial;
  readonly #texture: Texture<ImageBitmap | null>;
  readonly #crop = new Vector4();
  readonly #viewPx = new Vector2(1, 1);
  readonly #ground = new Color();
  readonly #glow = new Color();

  constructor(theme: StageTheme) {
    this.#texture = new Texture<ImageBitmap | null>(null);
    // A bitmap's rows cannot be flipped at the upload: the crop reads it from its top instead.
    this.#texture.flipY = false;
    this.#texture.generateMipmaps = false;
    this.#texture.minFilter = LinearFilter;
    this.#texture.colorSpace = SRGBColorSpace;
    const flat = { depthTest: false, depthWrite: false, toneMapped: false, vertexShader };
    this.#picture = new ShaderMaterial({
      ...flat,
      fragmentShader: pictureFragment,
      uniforms: { picture: { value: this.#texture }, crop: { value: this.#crop } },
    });
    this.#studio = new ShaderMaterial({
      ...flat,
      fragmentShader: studioFragment,
      uniforms: {
        ground: { value: this.#ground },
        glow: { value: this.#glow },
        viewPx: { value: this.#viewPx },
      },
    });
    this.setTheme(theme);
    this.mesh = new Mesh(new PlaneGeometry(2, 2), this.#studio);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = renderOrders.backdrop;
  }

  setTheme(theme: StageTheme): void {
    this.#ground.set(theme.ground);
    this.#glow.set(theme.glow);
  }

  /** Takes over `image`, or shows the studio when there is none. */
  show(image: ImageBitmap | null): void {
    const before = this.#texture.image;
    if (before === image) return;
    if (image !== null) {
      // Immutable storage cannot change its size.
      if (before?.width !== image.width || before.height !== image.height) this.#texture.dispose();
      this.#texture.image = image;
      this.#texture.needsUpdate = true;
    } else {
      this.#texture.image = null;
      this.#texture.dispose();
    }
    before?.close();
    this.mesh.material = image === null ? this.#studio : this.#picture;
  }

  /** Places the picture as the crop of the projection says. */
  place(intrinsics: CameraIntrinsics, crop: CoverCrop, viewWidthPx: number, viewHeightPx: number): void {
    this.#crop.set(
      crop.xPx / intrinsics.widthPx,
      crop.yPx / intrinsics.heightPx,
      crop.widthPx / intrinsics.widthPx,
      crop.heightPx / intrinsics.heightPx,
    );
    this.#viewPx.set(viewWidthPx, viewHeightPx);
  }

  dispose(): void {
    this.show(null);
    this.mesh.geometry.dispose();
    this.#picture.dispose();
    this.#studio.dispose();
  }
}
