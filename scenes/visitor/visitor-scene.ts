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
import type { HandHold } from './hand-form.ts';
import { StillHand } from './still-hand.ts';
import { VisitorHand } from './visitor-hand.ts';
import { VisitorHead } from './visitor-head.ts';
import type { VisitorLight } from './visitor-light.ts';
import { boutiqueLight } from './visitor-light.ts';
import { visitorRoom } from './visitor-room.ts';

/** Draws a visitor as a camera would see them. Millimetres, camera frame. */
export class VisitorScene {
  readonly #scene = new Scene();
  readonly head: VisitorHead;
  readonly #hand = new VisitorHand();
  readonly #stillHand: StillHand;
  #hold: HandHold | null = null;
  /** What the last picture showed of the hand; null for another look or light. And whether that was marched to be laid over the next ones. */
  #drawn: { readonly hold: HandHold | null; readonly intrinsics: CameraIntrinsics } | null = null;
  #isTaken = false;
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
    this.#stillHand = new StillHand(widthPx, heightPx);
    this.#scene.add(this.#hand.mesh, this.#stillHand.mesh);
    this.wear(look);
    this.light(boutiqueLight);
  }

  /** Another visitor's colours. */
  wear(look: VisitorLook): void {
    this.#drawn = null;
    this.head.wear(look);
    this.#hand.wear(look.skin);
  }

  /** Has the visitor hold up a hand, or none. */
  holdHand(hold: HandHold | null): void {
    this.#hold = hold;
  }

  light({ keyFrom, key, sky, ground }: VisitorLight): void {
    this.#drawn = null;
    this.#hand.light({ keyFrom, key: reflected(key), sky: reflected(sky), ground: reflected(ground) });
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
    this.#showHand(intrinsics);
    this.renderer.render(this.#scene, this.#camera);
    return this.renderer.domElement;
  }

  /** A hand held as on the picture before (the very same hold) is marched once more at most. */
  #showHand(intrinsics: CameraIntrinsics): void {
    const isStill =
      this.#hold !== null && this.#hold === this.#drawn?.hold && intrinsics === this.#drawn.intrinsics;
    this.#drawn = { hold: this.#hold, intrinsics };
    if (this.#hold !== null && !(isStill && this.#isTaken)) {
      this.#hand.hold(this.#hold, intrinsics, this.#camera.projectionMatrix);
    }
    this.#hand.mesh.visible = true;
    if (isStill && !this.#isTaken) this.#stillHand.take(this.renderer, this.#hand.mesh, this.#camera);
    this.#isTaken = isStill;
    this.#hand.mesh.visible = this.#hold !== null && !isStill;
    this.#stillHand.mesh.visible = isStill;
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
    this.#hand.dispose();
    this.#stillHand.dispose();
    this.#key.dispose();
    this.renderer.dispose();
    // A browser keeps few contexts and takes the oldest away, which would be the mirror's.
    this.renderer.forceContextLoss();
  }
}

/** What a white surface makes of a light's colour. */
function reflected([red, green, blue]: VisitorLight['key']): VisitorLight['key'] {
  return [red / Math.PI, green / Math.PI, blue / Math.PI];
}
