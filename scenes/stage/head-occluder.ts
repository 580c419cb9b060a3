import {
  BufferAttribute,
  BufferGeometry,
  DoubleSide,
  DynamicDrawUsage,
  Group,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  SphereGeometry,
} from 'three';
import type { ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { createShadowReceiver } from '../surface/shadow-receiver.ts';
import { renderOrders } from './render-orders.ts';
import type { EarsInHead } from './ears-in-head.ts';
import { fitHead, headParts, NUMBERS_PER_PART } from './fit-head.ts';

/**
 * How far the face's occluder stays behind the skin. Pads and bridge touch the skin, and a mesh that is a millimetre too
 * proud would bite into them.
 */
const SKIN_SLACK_MM = 1.5;

/** Skin and hair at the sides give way under a temple; an occluder of the full breadth would swallow its first half. */
const SIDE_SLACK = 0.94;

/**
 * The client's head as depth without colour: the tracked face mesh and, fitted to it, cranium, ears and neck. It is drawn
 * before the piece, so temples vanish behind the head; the face mesh is drawn once more to receive the contact shadow.
 * `root` is in the head frame (mm): the stage gives it the head's pose.
 */
export class HeadOccluder {
  readonly root = new Group();
  readonly #face: Mesh;
  readonly #facePositions: BufferAttribute;
  /** Cranium, ears and neck in one draw. */
  readonly #parts: InstancedMesh;
  readonly #partMatrix = new Matrix4();
  readonly #fit = new Float32Array(headParts.length * NUMBERS_PER_PART);
  readonly #disposables: readonly { dispose(): void }[];

  /** `faceTriangles`: three vertex indices each, in the order of the canonical mesh; empty leaves the face out. */
  constructor(vertexCount: number, faceTriangles: ArrayLike<number>, shadow: ContactShadowUniforms) {
    const depthOnly = new MeshBasicMaterial({ colorWrite: false, side: DoubleSide });
    const geometry = new BufferGeometry();
    this.#facePositions = new BufferAttribute(new Float32Array(vertexCount * 3), 3).setUsage(
      DynamicDrawUsage,
    );
    geometry.setAttribute('position', this.#facePositions);
    geometry.setIndex(Array.from(faceTriangles));
    this.#face = new Mesh(geometry, depthOnly);
    const shadowMaterial = createShadowReceiver(shadow);
    const shadowReceiver = new Mesh(geometry, shadowMaterial);
    shadowReceiver.position.z = -SKIN_SLACK_MM;
    this.#face.position.z = -SKIN_SLACK_MM;
    this.#face.scale.x = SIDE_SLACK;

    const sphere = new SphereGeometry(1, 32, 24);
    this.#parts = new InstancedMesh(sphere, depthOnly, headParts.length);
    this.#parts.instanceMatrix.setUsage(DynamicDrawUsage);
    for (const mesh of [this.#face, this.#parts]) mesh.renderOrder = renderOrders.occluder;
    shadowReceiver.renderOrder = renderOrders.contactShadow;
    this.root.add(this.#face, shadowReceiver, this.#parts);
    for (const mesh of this.root.children) mesh.frustumCulled = false;
    this.#disposables = [geometry, sphere, depthOnly, shadowMaterial, this.#parts];
  }

  /** Takes a frame's face, the roots of its ears and their lobes (head frame); the neck is left out where the shoulders tell it better. */
  update(headMeshMm: Float32Array, ears: EarsInHead, lobes: EarsInHead, withNeck: boolean): void {
    this.#facePositions.array.set(headMeshMm);
    this.#facePositions.needsUpdate = true;
    fitHead(headMeshMm, ears, lobes, this.#fit);
    // The neck is the last of them.
    this.#parts.count = withNeck ? headParts.length : headParts.length - 1;
    const fit = this.#fit;
    for (let part = 0; part < headParts.length; part += 1) {
      const at = part * NUMBERS_PER_PART;
      this.#partMatrix
        .makeScale(fit[at + 3] ?? 1, fit[at + 4] ?? 1, fit[at + 5] ?? 1)
        .setPosition(fit[at] ?? 0, fit[at + 1] ?? 0, fit[at + 2] ?? 0);
      this.#parts.setMatrixAt(part, this.#partMatrix);
    }
    this.#parts.instanceMatrix.needsUpdate = true;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }
}
