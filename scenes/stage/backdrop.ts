import { LinearFilter, Mesh, PlaneGeometry, SRGBColorSpace, ShaderMaterial, Texture, Vector4 } from 'three';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import type { PictureUniforms } from '../surface/face-paint.ts';
import { fullViewVertex, StudioRoll } from '../surface/studio-roll.ts';
import type { StageTheme } from '../theme.ts';
import type { CoverCrop } from './projection.ts';
import { renderOrders } from './render-orders.ts';

const pictureFragment = /* glsl */ `
uniform sampler2D picture;
uniform vec4 crop;
varying vec2 vView;
void main() {
  vec2 uv = crop.xy + vec2(vView.x, 1.0 - vView.y) * crop.zw;
  gl_FragColor = vec4(texture2D(picture, uv).rgb, 1.0);
  #include <colorspace_fragment>
}`;

/**
 * What stands behind the product: the very camera picture in which its anchors were found, or a studio in the Maison's
 * colours where there is no camera. Owns the picture it shows and closes it when the next one comes.
 */
export class Backdrop {
  readonly mesh: Mesh<PlaneGeometry, ShaderMaterial>;
  /** The picture and its crop, for what is drawn upon it. */
  readonly uniforms: Pick<PictureUniforms, 'picture' | 'crop'>;
  readonly #picture: ShaderMaterial;
  readonly #studio: StudioRoll;
  readonly #texture: Texture<ImageBitmap | null>;
  readonly #crop = new Vector4();

  constructor(theme: StageTheme) {
    this.#texture = new Texture<ImageBitmap | null>(null);
    // A bitmap's rows cannot be flipped at the upload: the crop reads it from its top instead.
    this.#texture.flipY = false;
    this.#texture.generateMipmaps = false;
    this.#texture.minFilter = LinearFilter;
    this.#texture.colorSpace = SRGBColorSpace;
    this.uniforms = { picture: { value: this.#texture }, crop: { value: this.#crop } };
    this.#picture = new ShaderMaterial({
      depthTest: false,
      depthWrite: false,
      toneMapped: false,
      vertexShader: fullViewVertex,
      fragmentShader: pictureFragment,
      uniforms: this.uniforms,
    });
    this.#studio = new StudioRoll(theme);
    this.mesh = new Mesh(new PlaneGeometry(2, 2), this.#studio.material);
    this.mesh.frustumCulled = false;
    this.mesh.renderOrder = renderOrders.backdrop;
  }

  setTheme(theme: StageTheme): void {
    this.#studio.setTheme(theme);
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
    this.mesh.material = image === null ? this.#studio.material : this.#picture;
  }

  /** Places the picture as the crop of the projection says. */
  place(intrinsics: CameraIntrinsics, crop: CoverCrop, viewWidthPx: number, viewHeightPx: number): void {
    this.#crop.set(
      crop.xPx / intrinsics.widthPx,
      crop.yPx / intrinsics.heightPx,
      crop.widthPx / intrinsics.widthPx,
      crop.heightPx / intrinsics.heightPx,
    );
    this.#studio.setView(viewWidthPx, viewHeightPx);
  }

  dispose(): void {
    this.show(null);
    this.mesh.geometry.dispose();
    this.#picture.dispose();
    this.#studio.dispose();
  }
}
