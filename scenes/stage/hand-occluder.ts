import {
  BufferAttribute,
  BufferGeometry,
  CylinderGeometry,
  DoubleSide,
  DynamicDrawUsage,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import type { HandAnchors } from '../../sdk/anchors/hand-anchors.ts';
import { fingerNames } from '../../sdk/anchors/hand-anchors.ts';
import { canonicalHand, fingerRoot, ringPhalanx } from '../../sdk/geometry/canonical-hand.ts';
import type { ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { createShadowReceiver } from '../surface/shadow-receiver.ts';
import { renderOrders } from './render-orders.ts';

/** Skin gives way under a ring, and a body a hair too proud would bite into it. */
const SLACK = 0.97;

/** How far the forearm's cylinder reaches beyond the watch's place: towards the hand, and towards the elbow. */
const TOWARDS_HAND_MM = 26;
const TOWARDS_ELBOW_MM = 150;

/** Through the palm at its edge towards the fingers and at the wrist, millimetres of the canonical hand. */
const PALM_DEPTH_MM = 24;
const HEEL_DEPTH_MM = 34;

const PHALANGES_PER_FINGER = 3;
const JOINTS_PER_FINGER = 4;

/** The palm's outline: the roots of the fingers, then the wrist's two sides, as seen on the back of a left hand. */
const PALM_CORNERS = 7;
const LITTLE_SIDE_OF_WRIST = 5;
const THUMB_SIDE_OF_WRIST = 6;

/**
 * The client's hand as depth without colour: a capsule for each phalanx, a slab for the palm, an elliptic cylinder for wrist
 * and forearm. It is drawn before the piece, so the far side of a ring, a watch or a bracelet vanishes behind the skin.
 * Fingers and wrist are drawn once
 * more to receive the contact shadow. `root` is in the camera's frame (mm), as the joints are. One for each hand.
 */
export class HandOccluder {
  readonly root = new Group();
  readonly #bones: InstancedMesh;
  readonly #joints: InstancedMesh;
  readonly #palm: Mesh;
  readonly #palmPositions: BufferAttribute;
  readonly #forearm: Mesh;
  readonly #forearmReceives: Mesh;
  readonly #disposables: readonly { dispose(): void }[];
  readonly #matrix = new Matrix4();
  readonly #from = new Vector3();
  readonly #to = new Vector3();
  readonly #along = new Vector3();
  readonly #scale = new Vector3();
  readonly #back = new Vector3();
  readonly #turn = new Quaternion();

  constructor(shadow: ContactShadowUniforms) {
    const depthOnly = new MeshBasicMaterial({ colorWrite: false, side: DoubleSide });
    const cylinder = new CylinderGeometry(1, 1, 1, 20, 1, true);
    const sphere = new SphereGeometry(1, 20, 14);
    this.#bones = new InstancedMesh(cylinder, depthOnly, canonicalHand.length * PHALANGES_PER_FINGER);
    this.#joints = new InstancedMesh(sphere, depthOnly, canonicalHand.length * JOINTS_PER_FINGER);
    this.#bones.instanceMatrix.setUsage(DynamicDrawUsage);
    this.#joints.instanceMatrix.setUsage(DynamicDrawUsage);
    const slab = new BufferGeometry();
    this.#palmPositions = new BufferAttribute(new Float32Array(PALM_CORNERS * 2 * 3), 3).setUsage(
      DynamicDrawUsage,
    );
    slab.setAttribute('position', this.#palmPositions);
    slab.setIndex(slabTriangles());
    this.#palm = new Mesh(slab, depthOnly);
    this.#forearm = new Mesh(cylinder, depthOnly);
    this.#bones.name = 'phalanges';
    this.#joints.name = 'joints';
    this.#palm.name = 'palm';
    this.#forearm.name = 'forearm';
    const receives = createShadowReceiver(shadow);
    // The same places drawn once more: they share the matrices.
    const bonesReceive = new InstancedMesh(cylinder, receives, this.#bones.count);
    bonesReceive.instanceMatrix = this.#bones.instanceMatrix;
    this.#forearmReceives = new Mesh(cylinder, receives);
    for (const part of [this.#bones, this.#joints, this.#palm, this.#forearm]) {
      part.renderOrder = renderOrders.occluder;
    }
    for (const part of [bonesReceive, this.#forearmReceives]) part.renderOrder = renderOrders.contactShadow;
    this.root.add(this.#bones, this.#joints, this.#palm, this.#forearm, bonesReceive, this.#forearmReceives);
    for (const part of this.root.children) part.frustumCulled = false;
    this.#disposables = [depthOnly, receives, cylinder, sphere, slab, this.#bones, this.#joints];
  }

  /** Takes a frame's hand. Allocates nothing. */
  update(hand: HandAnchors): void {
    for (let finger = 0; finger < fingerNames.length; finger += 1) this.#placeFinger(hand, finger);
    this.#bones.instanceMatrix.needsUpdate = true;
    this.#joints.instanceMatrix.needsUpdate = true;
    this.#placePalm(hand);
    this.#placeForearm(hand);
  }

  dispose(): void {
    this.root.removeFromParent();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #placeFinger({ jointsMm, fingers, scale }: HandAnchors, finger: number): void {
    const name = fingerNames[finger];
    const shape = canonicalHand[finger];
    if (name === undefined || shape === undefined) return;
    const anchor = fingers[name];
    // A finger broader than the canonical one at its ring is so all along.
    const breadth = (2 * anchor.radiusMm * SLACK) / shape.ringBreadthMm;
    const root = fingerRoot(finger);
    const ringBone = ringPhalanx(finger) - root;
    for (let joint = 0; joint < JOINTS_PER_FINGER; joint += 1) {
      this.#from.fromArray(jointsMm, (root + joint) * 3);
      const radius = ((shape.breadthsMm[joint] ?? 0) / 2) * breadth;
      // The root lies within the palm, whose slab is its skin.
      const within = joint === 0 ? Math.min(radius, (PALM_DEPTH_MM / 2) * scale.scale * SLACK) : radius;
      this.#matrix.makeScale(within, within, within).setPosition(this.#from);
      this.#joints.setMatrixAt(finger * JOINTS_PER_FINGER + joint, this.#matrix);
    }
    for (let bone = 0; bone < PHALANGES_PER_FINGER; bone += 1) {
      const mean = ((shape.breadthsMm[bone] ?? 0) + (shape.breadthsMm[bone + 1] ?? 0)) / 4;
      const radius = bone === ringBone ? anchor.radiusMm * SLACK : mean * breadth;
      this.#placeBone(jointsMm, finger * PHALANGES_PER_FINGER + bone, root + bone, radius);
    }
  }

  #placeBone(jointsMm: Float32Array, instance: number, landmark: number, radius: number): void {
    this.#from.fromArray(jointsMm, landmark * 3);
    this.#to.fromArray(jointsMm, (landmark + 1) * 3);
    this.#along.subVectors(this.#to, this.#from);
    const length = this.#along.length();
    if (length > 0) this.#along.divideScalar(length);
    else this.#along.set(0, 1, 0);
    this.#turn.setFromUnitVectors(UP, this.#along);
    this.#from.add(this.#to).multiplyScalar(0.5);
    this.#matrix.compose(this.#from, this.#turn, this.#scale.set(radius, length, radius));
    this.#bones.setMatrixAt(instance, this.#matrix);
  }

  /** Corners lie half the palm's depth before and behind the joints, along the back of the hand. */
  #placePalm({ jointsMm, wrist, scale }: HandAnchors): void {
    const { rotation } = wrist.cameraFromWrist;
    this.#turn.set(rotation[0], rotation[1], rotation[2], rotation[3]);
    this.#back.set(0, 0, 1).applyQuaternion(this.#turn);
    this.#along.set(1, 0, 0).applyQuaternion(this.#turn);
    for (let corner = 0; corner < PALM_CORNERS; corner += 1) {
      const atWrist = corner === LITTLE_SIDE_OF_WRIST || corner === THUMB_SIDE_OF_WRIST;
      this.#from.fromArray(jointsMm, atWrist ? 0 : fingerRoot(corner) * 3);
      if (atWrist) {
        // The root of the thumb tells on which side of the wrist the thumb is.
        this.#to.fromArray(jointsMm, fingerRoot(0) * 3).sub(this.#from);
        const thumbSide = this.#to.dot(this.#along) < 0 ? -1 : 1;
        const side = corner === THUMB_SIDE_OF_WRIST ? thumbSide : -thumbSide;
        this.#from.addScaledVector(this.#along, (side * SLACK * wrist.breadthMm) / 2);
      }
      const depth = (atWrist ? HEEL_DEPTH_MM : PALM_DEPTH_MM) * scale.scale * SLACK;
      this.#to.copy(this.#from).addScaledVector(this.#back, depth / 2);
      this.#palmPositions.setXYZ(corner, this.#to.x, this.#to.y, this.#to.z);
      this.#to.copy(this.#from).addScaledVector(this.#back, -depth / 2);
      this.#palmPositions.setXYZ(corner + PALM_CORNERS, this.#to.x, this.#to.y, this.#to.z);
    }
    this.#palmPositions.needsUpdate = true;
  }

  #placeForearm({ wrist }: HandAnchors): void {
    const { rotation, translationMm } = wrist.cameraFromWrist;
    this.#forearm.quaternion.set(rotation[0], rotation[1], rotation[2], rotation[3]);
    this.#along.set(0, 1, 0).applyQuaternion(this.#forearm.quaternion);
    this.#forearm.position
      .set(translationMm[0], translationMm[1], translationMm[2])
      .addScaledVector(this.#along, (TOWARDS_HAND_MM - TOWARDS_ELBOW_MM) / 2);
    this.#forearm.scale.set(
      (SLACK * wrist.breadthMm) / 2,
      TOWARDS_HAND_MM + TOWARDS_ELBOW_MM,
      (SLACK * wrist.depthMm) / 2,
    );
    this.#forearmReceives.position.copy(this.#forearm.position);
    this.#forearmReceives.quaternion.copy(this.#forearm.quaternion);
    this.#forearmReceives.scale.copy(this.#forearm.scale);
  }
}

const UP = new Vector3(0, 1, 0);

/** Two fans, for back and palm, and the rim between them. */
function slabTriangles(): number[] {
  const triangles: number[] = [];
  for (let corner = 1; corner + 1 < PALM_CORNERS; corner += 1) {
    triangles.push(0, corner, corner + 1, PALM_CORNERS, PALM_CORNERS + corner + 1, PALM_CORNERS + corner);
  }
  for (let corner = 0; corner < PALM_CORNERS; corner += 1) {
    const next = (corner + 1) % PALM_CORNERS;
    triangles.push(corner, PALM_CORNERS + corner, next, next, PALM_CORNERS + corner, PALM_CORNERS + next);
  }
  return triangles;
}
