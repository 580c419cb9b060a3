import { Matrix4, OrthographicCamera, Scene, WebGLRenderer } from 'three';
import type { CameraIntrinsics } from '../../../sdk/geometry/camera-intrinsics.ts';
import { VisitorHand } from '../../../scenes/visitor/visitor-hand.ts';
import type { HandSample } from '../sampling.ts';

/** Draws hands whose truth is known before a wall, as a camera sees them. */
export class HandScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera = new OrthographicCamera();
  readonly #hand = new VisitorHand();

  constructor(widthPx: number, heightPx: number) {
    this.#renderer = new WebGLRenderer({ antialias: false, preserveDrawingBuffer: true });
    this.#renderer.setSize(widthPx, heightPx, false);
    this.#hand.light({
      keyFrom: { x: 0.35, y: 0.75, z: 0.6 },
      key: [1.15, 1.1155, 1.058],
      sky: [0.64, 0.64, 0.64],
      ground: [0.34, 0.34, 0.34],
    });
    this.#scene.add(this.#hand.mesh);
  }

  /** The picture of a hand; the canvas is the scene's own and is drawn over by the next call. */
  draw(sample: HandSample, intrinsics: CameraIntrinsics): HTMLCanvasElement {
    this.#hand.wear(sample.skin);
    this.#hand.standBefore(sample.wall);
    this.#hand.hold(sample, intrinsics, new Matrix4());
    this.#renderer.render(this.#scene, this.#camera);
    return this.#renderer.domElement;
  }
}
