import {
  DirectionalLight,
  HemisphereLight,
  PerspectiveCamera,
  Scene,
  SRGBColorSpace,
  VSMShadowMap,
  WebGLRenderer,
} from 'three';
import type { Object3D, Texture, Vector3Like } from 'three';
import type { CameraIntrinsics } from '../../sdk/geometry/camera-intrinsics.ts';
import type { Pose, Quaternion } from '../../sdk/geometry/pose.ts';
import { writeProjection } from '../stage/projection.ts';
import type { VisitorLook } from './skin-tones.ts';
import { VisitorHead } from './visitor-head.ts';
import { visitorRoom } from './visitor-room.ts';

/** The light in which a visitor stands; linear colours. */
export interface VisitorLight {
  readonly keyFrom: Vector3Like;
  readonly key: readonly [number, number, number];
  readonly sky: readonly [number, number, number];
  readonly ground: readonly [number, number, number];
}

/** A boutique's light: a soft key from above and a warm floor. */
export const boutiqueLight: VisitorLight = {
  keyFrom: { x: -0.5, y: 0.75, z: 0.8 },
  key: [1.9, 1.8, 1.66],
  sky: [1.25, 1.27, 1.32],
  ground: [0.72, 0.62, 0.54],
};

/** Draws a visitor as a camera would see them. Millimetres, camera frame. */
export class VisitorScene {
  readonly #scene = new Scene();
  readonly head: VisitorHead;
  readonly renderer: WebGLRenderer;
  readonly #camera = new PerspectiveCamera();
  readonly #key = new DirectionalLight();
  readonly #fill = new HemisphereLight();
  readonly #room: Texture;
  #keyFrom: Vector3Like = boutiqueLight.keyFrom;

  constructor(model: Object3D, look: VisitorLook, widthPx: number, heightPx: number) {
    this.renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
    this.renderer.setPixelRatio(1);
    this.renderer.setSize(widthPx, heightPx, false);
    this.renderer.outputColorSpace = SRGBColorSpace;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = VSMShadowMap;
    this.head = new VisitorHead(model, look);
    this.#room = visitorRoom(widthPx, heightPx);
    this.#scene.background = this.#room;
    const { camera: shadow, mapSize } = this.#key.shadow;
    mapSize.set(512, 512);
    shadow.left = shadow.bottom = -260;
    shadow.right = shadow.top = 260;
    shadow.near = 200;
    shadow.far = 1_800;
    this.#key.castShadow = true;
    this.#key.shadow.radius = 3;
    this.#key.shadow.normalBias = 1.2;
    this.#scene.add(this.head.root, this.head.body, this.#key, this.#key.target, this.#fill);
    this.light(boutiqueLight);
  }

  light({ keyFrom, key, sky, ground }: VisitorLight): void {
    this.#keyFrom = keyFrom;
    this.#key.color.setRGB(...key);
    this.#fill.color.setRGB(...sky);
    this.#fill.groundColor.setRGB(...ground);
  }

  /** Draws one picture, of an empty room where nobody is; the canvas is the scene's own and is drawn over by the next call. */
  draw(
    cameraFromFace: Pose | null,
    intrinsics: CameraIntrinsics,
    bodyRotation?: Quaternion,
  ): HTMLCanvasElement {
    const { widthPx, heightPx } = intrinsics;
    const whole = { xPx: 0, yPx: 0, widthPx, heightPx };
    writeProjection(intrinsics, whole, this.#camera.projectionMatrix.elements);
    this.#camera.projectionMatrixInverse.copy(this.#camera.projectionMatrix).invert();
    this.head.root.visible = this.head.body.visible = cameraFromFace !== null;
    if (cameraFromFace !== null) this.#place(cameraFromFace, bodyRotation);
    this.renderer.render(this.#scene, this.#camera);
    return this.renderer.domElement;
  }

  #place(cameraFromFace: Pose, bodyRotation?: Quaternion): void {
    this.head.pose(cameraFromFace, bodyRotation);
    const { x, y, z } = this.#keyFrom;
    this.#key.target.position.set(...cameraFromFace.translationMm);
    this.#key.position.set(x, y, z).normalize().multiplyScalar(1_000).add(this.#key.target.position);
  }

  dispose(): void {
    this.#room.dispose();
    this.head.dispose();
    this.#key.dispose();
    this.renderer.dispose();
    // A browser keeps few contexts and takes the oldest away, which would be the mirror's.
    this.renderer.forceContextLoss();
  }
}
