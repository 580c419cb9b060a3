import {
  BufferAttribute,
  BufferGeometry,
  Color,
  CylinderGeometry,
  Group,
  Mesh,
  MeshBasicMaterial,
  MeshLambertMaterial,
  PerspectiveCamera,
  Quaternion,
  Scene,
  SphereGeometry,
  SRGBColorSpace,
  CanvasTexture,
  DirectionalLight,
  AmbientLight,
  WebGLRenderer,
} from 'three';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { faceVertexCount } from '../../../sdk/geometry/canonical-face.ts';
import type { FaceLandmarks } from '../../../sdk/geometry/face-landmarks.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';

/** A textured head that can be put anywhere before a camera; a photograph's face on a given mesh. Millimetres. */
export class HeadScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera: PerspectiveCamera;
  readonly #head = new Group();
  readonly #positions: BufferAttribute;
  readonly #skin: MeshBasicMaterial;
  readonly #neck: MeshLambertMaterial;

  constructor(
    face: CanonicalFace,
    photo: HTMLCanvasElement,
    photoLandmarks: FaceLandmarks,
    widthPx: number,
    heightPx: number,
  ) {
    this.#renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
    this.#renderer.setSize(widthPx, heightPx, false);
    this.#camera = new PerspectiveCamera(45, widthPx / heightPx, 20, 6_000);
    this.#scene.background = new Color('#8f9499');
    this.#scene.add(new AmbientLight('#ffffff', 1.6));
    const lamp = new DirectionalLight('#ffffff', 1.8);
    lamp.position.set(200, 600, 500);
    this.#scene.add(lamp);

    const texture = new CanvasTexture(photo);
    texture.colorSpace = SRGBColorSpace;
    texture.anisotropy = 8;
    this.#skin = new MeshBasicMaterial({ map: texture, toneMapped: false });
    const geometry = new BufferGeometry();
    this.#positions = new BufferAttribute(face.verticesMm.slice(), 3);
    const uv = new Float32Array(faceVertexCount * 2);
    for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
      const source = rightTwinOf(face.verticesMm, vertex);
      uv[vertex * 2] = photoLandmarks[source * 3] ?? 0;
      uv[vertex * 2 + 1] = 1 - (photoLandmarks[source * 3 + 1] ?? 0);
    }
    geometry.setAttribute('position', this.#positions);
    geometry.setAttribute('uv', new BufferAttribute(uv, 2));
    geometry.setIndex(new BufferAttribute(face.triangles, 1));
    this.#head.add(new Mesh(geometry, this.#skin));

    const hair = new Mesh(new SphereGeometry(1, 48, 32), new MeshLambertMaterial({ color: '#6b4f36' }));
    hair.scale.set(76, 96, 80);
    hair.position.set(0, 42, -58);
    this.#neck = new MeshLambertMaterial({ color: '#c99b80' });
    const neck = new Mesh(new CylinderGeometry(56, 66, 150, 32), this.#neck);
    neck.position.set(0, -130, -40);
    const body = new Mesh(new SphereGeometry(1, 32, 24), new MeshLambertMaterial({ color: '#39424d' }));
    body.scale.set(230, 170, 110);
    body.position.set(0, -350, -50);
    this.#head.add(hair, neck, body);
    this.#scene.add(this.#head);
  }

  /** The picture of the head at a pose; the canvas is the scene's own and is drawn over by the next call. */
  draw(
    verticesMm: Float32Array,
    pose: Pose,
    verticalFovRad: number,
    skinTone: readonly [number, number, number],
  ): HTMLCanvasElement {
    this.#positions.copyArray(verticesMm);
    this.#positions.needsUpdate = true;
    this.#skin.color.setRGB(...skinTone);
    this.#neck.color.set('#c99b80').multiply(this.#skin.color);
    this.#head.position.set(...pose.translationMm);
    this.#head.quaternion.copy(new Quaternion(...pose.rotation));
    this.#head.children.forEach((part) => {
      part.frustumCulled = false;
    });
    this.#camera.fov = (verticalFovRad * 180) / Math.PI;
    this.#camera.updateProjectionMatrix();
    this.#renderer.render(this.#scene, this.#camera);
    return this.#renderer.domElement;
  }
}

/**
 * The vertex on the wearer's right that lies opposite, or the vertex itself if it is there or in the middle: both halves of
 * the drawn face show one half of the photograph, as the little turn of the photographed head would pass for yaw.
 */
function rightTwinOf(verticesMm: Float32Array, vertex: number): number {
  const [x = 0, y = 0, z = 0] = verticesMm.subarray(vertex * 3, vertex * 3 + 3);
  if (x <= 0) return vertex;
  let twin = vertex;
  let nearestMm = Number.POSITIVE_INFINITY;
  for (let other = 0; other < faceVertexCount; other += 1) {
    const [ox = 0, oy = 0, oz = 0] = verticesMm.subarray(other * 3, other * 3 + 3);
    const apartMm = Math.hypot(ox + x, oy - y, oz - z);
    if (apartMm < nearestMm) [twin, nearestMm] = [other, apartMm];
  }
  return twin;
}
