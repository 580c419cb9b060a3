import { GLSL3, Matrix4, Mesh, PlaneGeometry, RawShaderMaterial, Vector2, Vector3, Vector4 } from 'three';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import type { Flesh, HandForm, HandHold } from './hand-form.ts';
import { handForm } from './hand-form.ts';
import { handFragmentGlsl, handParts, handVertexGlsl } from './hand-paint.ts';
import { rotateVector } from '../../sdk/geometry/pose-algebra.ts';
import type { PalmCard } from './palm-card.ts';
import type { VisitorLight } from './visitor-light.ts';

type Rgb = VisitorLight['key'];

/**
 * A hand of our own that the landmark network finds as it finds a person's: flesh as a field of distances, marched along each
 * pixel's ray over the whole picture, with the depth of what it finds. `mesh` goes into a scene of millimetres whose camera stands at the origin.
 */
export class VisitorHand {
  readonly mesh: Mesh;
  readonly #material: RawShaderMaterial;
  readonly #screen = new PlaneGeometry(2, 2);
  readonly #uniforms = {
    uFrom: { value: Array.from({ length: handParts }, () => new Vector4()) },
    uTo: { value: Array.from({ length: handParts }, () => new Vector4()) },
    uBack: { value: Array.from({ length: handParts }, () => new Vector3()) },
    uBounds: { value: new Vector4() },
    /** How far from the middle of palm and forearm their flesh reaches, mm. */
    uHand: { value: 0 },
    uArm: { value: 0 },
    uFocal: { value: new Vector2() },
    uCentre: { value: new Vector2() },
    uSize: { value: new Vector2() },
    uSkin: { value: new Vector3() },
    uWall: { value: new Vector3() },
    uLamp: { value: new Vector3() },
    uKey: { value: new Vector3() },
    uSky: { value: new Vector3() },
    uGround: { value: new Vector3() },
    uAlone: { value: false },
    /** The card in the palm: middle, and unit vectors to its right, its upper edge and out of it; nothing while `uHasCard` is false. */
    uHasCard: { value: false },
    uCard: { value: Array.from({ length: 4 }, () => new Vector3()) },
    uThumb: { value: [new Vector4(), new Vector4()] },
    uSoft: { value: false },
    uProjection: { value: new Matrix4() },
  };

  constructor() {
    this.#material = new RawShaderMaterial({
      glslVersion: GLSL3,
      vertexShader: handVertexGlsl,
      fragmentShader: handFragmentGlsl,
      uniforms: this.#uniforms,
    });
    this.mesh = new Mesh(this.#screen, this.#material);
    this.mesh.frustumCulled = false;
  }

  /** The colour of the skin, linear. */
  wear(skin: Rgb): void {
    this.#uniforms.uSkin.value.set(...skin);
  }

  /** The light as it comes back from a white surface. */
  light({ keyFrom, key, sky, ground }: VisitorLight): void {
    this.#uniforms.uLamp.value.copy(keyFrom).normalize();
    this.#uniforms.uKey.value.set(...key);
    this.#uniforms.uSky.value.set(...sky);
    this.#uniforms.uGround.value.set(...ground);
  }

  /** Draws a wall of this linear colour around the hand, and the grain of a camera; null for the hand alone. */
  standBefore(wall: Rgb | null): void {
    this.#uniforms.uAlone.value = wall !== null;
    this.#uniforms.uWall.value.set(...(wall ?? [0, 0, 0]));
  }

  /** Its edge covers a share of each pixel, where the canvas has several samples of one. */
  softenEdge(): void {
    this.#uniforms.uSoft.value = true;
    this.#material.alphaToCoverage = true;
  }

  /** Holds the hand before a camera; gives what is true of it. `projection` is that camera's, for the depth. */
  hold(hold: HandHold, intrinsics: CameraIntrinsics, projection: Matrix4): HandForm {
    const form = handForm(hold);
    const { uFrom, uTo, uBack, uBounds, uHand, uArm, uFocal, uCentre, uSize, uProjection } = this.#uniforms;
    const flesh: readonly Flesh[] = [...form.phalanges, ...form.palm, form.forearm];
    flesh.forEach(({ from, to, fromRadiusMm, toRadiusMm, back }, part) => {
      uFrom.value[part]?.set(from[0], from[1], from[2], fromRadiusMm);
      uTo.value[part]?.set(to[0], to[1], to[2], toRadiusMm);
      uBack.value[part]?.set(back[0], back[1], back[2]);
    });
    this.#lay(form.card);
    const [x, y, z] = hold.positionMm;
    uBounds.value.set(x, y, z, 310 * hold.size);
    uHand.value = 135 * hold.size;
    uArm.value = 160 * hold.size;
    uFocal.value.set(intrinsics.fxPx, intrinsics.fyPx);
    uCentre.value.set(intrinsics.cxPx, intrinsics.cyPx);
    uSize.value.set(intrinsics.widthPx, intrinsics.heightPx);
    uProjection.value.copy(projection);
    return form;
  }

  #lay(card: PalmCard | null): void {
    const { uHasCard, uCard, uThumb } = this.#uniforms;
    uHasCard.value = card !== null;
    if (card === null) return;
    const { rotation, translationMm } = card.cameraFromCard;
    uCard.value[0]?.set(...translationMm);
    uCard.value[1]?.set(...rotateVector(rotation, [1, 0, 0]));
    uCard.value[2]?.set(...rotateVector(rotation, [0, 1, 0]));
    uCard.value[3]?.set(...rotateVector(rotation, [0, 0, 1]));
    const { from, to, radiusMm } = card.thumb;
    uThumb.value[0]?.set(...from, radiusMm);
    uThumb.value[1]?.set(...to, radiusMm);
  }

  dispose(): void {
    this.mesh.removeFromParent();
    this.#screen.dispose();
    this.#material.dispose();
  }
}
