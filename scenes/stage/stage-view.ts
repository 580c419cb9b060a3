import type { PerspectiveCamera } from 'three';
import type { TrackedFrame } from '../../sdk/tracking/tracker.ts';
import { CropLead } from './crop-lead.ts';
import { coverCrop, writeProjection, type CoverCrop } from './projection.ts';
import { softRatio } from './soft-ratio.ts';

/** What of a camera's picture the view shows, and how finely it is drawn. */
export class StageView {
  readonly crop: CoverCrop = { xPx: 0, yPx: 0, widthPx: 1, heightPx: 1 };
  /** Leads the crop to what is looked at. */
  readonly lead = new CropLead();
  /** So much of the view's height is covered from below. */
  coveredShare = 0;
  widthPx = 0;
  heightPx = 0;
  readonly #onMaxPixelRatio: (ratio: number) => void;
  /** The most device pixels for a CSS pixel that the stage's tier gives, and what is in force. */
  #mostRatio = Number.NaN;
  #maxRatio = Number.NaN;
  #showsCamera = false;

  constructor(onMaxPixelRatio: (ratio: number) => void) {
    this.#onMaxPixelRatio = onMaxPixelRatio;
  }

  /** Takes the view's size in CSS pixels; true when it is another. */
  resize(widthPx: number, heightPx: number): boolean {
    if (this.widthPx === widthPx && this.heightPx === heightPx) return false;
    this.widthPx = widthPx;
    this.heightPx = heightPx;
    return true;
  }

  setMostRatio(ratio: number): void {
    this.#mostRatio = ratio;
    this.#fitRatio();
  }

  /** This frame is shown next, a camera's or not: crops it to the view and writes the projection. */
  fit({ intrinsics, anchors }: TrackedFrame, showsCamera: boolean, camera: PerspectiveCamera): void {
    this.#showsCamera = showsCamera;
    coverCrop(intrinsics, this.widthPx, this.heightPx, this.crop);
    if (showsCamera) this.lead.lead(this.crop, intrinsics, anchors, this.coveredShare, anchors.capturedAtMs);
    writeProjection(intrinsics, this.crop, camera.projectionMatrix.elements);
    camera.projectionMatrixInverse.copy(camera.projectionMatrix).invert();
    this.#fitRatio();
  }

  /** The point of the unmirrored camera picture, in its pixels, at a point of the mirrored view; null where there is none. */
  pictureAt(viewX: number, viewY: number): { readonly uPx: number; readonly vPx: number } | null {
    if (!this.#showsCamera || this.widthPx === 0 || this.heightPx === 0) return null;
    const { xPx, yPx, widthPx, heightPx } = this.crop;
    // The canvas is mirrored by its style, not in here.
    const across = 1 - viewX / this.widthPx;
    return { uPx: xPx + across * widthPx, vPx: yPx + (viewY / this.heightPx) * heightPx };
  }

  /** Pixels on the screen of a tangent of 1. */
  focalPx(camera: PerspectiveCamera, pixelRatio: number): number {
    return ((camera.projectionMatrix.elements[5] ?? 1) * this.heightPx * pixelRatio) / 2;
  }

  #fitRatio(): void {
    const perCssPx = this.#showsCamera && this.widthPx > 0 ? this.crop.widthPx / this.widthPx : null;
    const ratio = softRatio(this.#mostRatio, perCssPx);
    if (ratio === this.#maxRatio) return;
    this.#maxRatio = ratio;
    this.#onMaxPixelRatio(ratio);
  }
}
