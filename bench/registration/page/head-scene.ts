import {
  AmbientLight,
  BufferAttribute,
  BufferGeometry,
  CanvasTexture,
  Color,
  CylinderGeometry,
  DirectionalLight,
  Group,
  Mesh,
  MeshLambertMaterial,
  PerspectiveCamera,
  Quaternion,
  Scene,
  SphereGeometry,
  SRGBColorSpace,
  WebGLRenderer,
} from 'three';
import type { CanonicalFace } from '../../../sdk/geometry/canonical-face.ts';
import { faceVertexCount } from '../../../sdk/geometry/canonical-face.ts';
import type { FaceLandmarks } from '../../../sdk/geometry/face-landmarks.ts';
import type { Pose } from '../../../sdk/geometry/pose.ts';
import { pointAt } from '../head-shape.ts';
import type { RegistrationFilm } from '../sampling.ts';
import { Eyeballs, withoutEyes } from './eyeballs.ts';

/** A photographed face and where its landmarks are. */
export interface PhotographedFace {
  readonly photo: HTMLCanvasElement;
  readonly landmarks: FaceLandmarks;
}

/** Even light and a lamp that together light a cheek which faces the lamp by a half more than the photograph did. */
const evenLight = 0.75 * Math.PI;
const lampLight = 0.5 * Math.PI;

/** A textured head that can be put anywhere before a camera: a photograph's face on a given mesh. Millimetres. */
export class HeadScene {
  readonly #renderer: WebGLRenderer;
  readonly #scene = new Scene();
  readonly #camera: PerspectiveCamera;
  readonly #head = new Group();
  readonly #geometry = new BufferGeometry();
  readonly #positions: BufferAttribute;
  readonly #skins: readonly { readonly material: MeshLambertMaterial; readonly uv: BufferAttribute }[];
  readonly #face: Mesh<BufferGeometry, MeshLambertMaterial>;
  readonly #eyes = new Eyeballs();
  readonly #neck: MeshLambertMaterial;
  readonly #picture: ImageData;
  readonly #upsideDown: Uint8Array;
  readonly #lamp = new DirectionalLight('#ffffff', lampLight);

  constructor(
    face: CanonicalFace,
    photographed: readonly PhotographedFace[],
    widthPx: number,
    heightPx: number,
  ) {
    this.#renderer = new WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
    this.#renderer.setSize(widthPx, heightPx, false);
    this.#picture = new ImageData(widthPx, heightPx);
    this.#upsideDown = new Uint8Array(widthPx * heightPx * 4);
    this.#camera = new PerspectiveCamera(45, widthPx / heightPx, 20, 6_000);
    this.#scene.background = new Color('#8f9499');
    this.#scene.add(new AmbientLight('#ffffff', evenLight), this.#lamp);
    this.#positions = new BufferAttribute(face.verticesMm.slice(), 3);
    this.#geometry.setAttribute('position', this.#positions);
    this.#geometry.setIndex(new BufferAttribute(withoutEyes(face.triangles), 1));
    this.#skins = photographed.map(({ photo, landmarks }) => ({
      material: skinOf(photo),
      uv: new BufferAttribute(textureCoordinates(face.verticesMm, landmarks), 2),
    }));
    this.#face = new Mesh(this.#geometry, new MeshLambertMaterial());

    const hair = new Mesh(new SphereGeometry(1, 48, 32), new MeshLambertMaterial({ color: '#6b4f36' }));
    hair.scale.set(76, 96, 80);
    hair.position.set(0, 42, -58);
    this.#neck = new MeshLambertMaterial({ color: '#c99b80' });
    const neck = new Mesh(new CylinderGeometry(56, 66, 150, 32), this.#neck);
    neck.position.set(0, -130, -40);
    const body = new Mesh(new SphereGeometry(1, 32, 24), new MeshLambertMaterial({ color: '#39424d' }));
    body.scale.set(230, 170, 110);
    body.position.set(0, -350, -50);
    this.#head.add(this.#face, ...this.#eyes.parts, hair, neck, body);
    for (const part of this.#head.children) part.frustumCulled = false;
    this.#scene.add(this.#head);
  }

  /** The picture of a film's head at a pose; its pixels are the scene's own and are drawn over by the next call. */
  draw(film: RegistrationFilm, verticesMm: Float32Array, pose: Pose): ImageData {
    this.#render(film, verticesMm, pose);
    const gl = this.#renderer.getContext();
    const { width, height } = this.#picture;
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, this.#upsideDown);
    const rowBytes = width * 4;
    for (let row = 0; row < height; row += 1) {
      const from = this.#upsideDown.subarray((height - 1 - row) * rowBytes, (height - row) * rowBytes);
      this.#picture.data.set(from, row * rowBytes);
    }
    return this.#picture;
  }

  /** The same picture as the address of a PNG. */
  pngOf(film: RegistrationFilm, verticesMm: Float32Array, pose: Pose): string {
    this.#render(film, verticesMm, pose);
    return this.#renderer.domElement.toDataURL('image/png');
  }

  #render(film: RegistrationFilm, verticesMm: Float32Array, pose: Pose): void {
    const skin = this.#skins[film.face];
    if (skin === undefined) throw new Error('no such face');
    this.#positions.copyArray(verticesMm);
    this.#positions.needsUpdate = true;
    this.#geometry.setAttribute('uv', skin.uv);
    this.#geometry.computeVertexNormals();
    this.#face.material = skin.material;
    skin.material.color.setRGB(...film.skinTone);
    this.#eyes.tint(film.skinTone);
    this.#neck.color.set('#c99b80').multiply(skin.material.color);
    this.#lamp.position.set(...film.lamp);
    this.#head.position.set(...pose.translationMm);
    this.#head.quaternion.copy(new Quaternion(...pose.rotation));
    this.#eyes.place(verticesMm, pose);
    this.#camera.fov = (film.verticalFovRad * 180) / Math.PI;
    this.#camera.updateProjectionMatrix();
    this.#renderer.render(this.#scene, this.#camera);
  }
}

function skinOf(photo: HTMLCanvasElement): MeshLambertMaterial {
  const texture = new CanvasTexture(photo);
  texture.colorSpace = SRGBColorSpace;
  texture.anisotropy = 4;
  return new MeshLambertMaterial({ map: texture, toneMapped: false });
}

/**
 * Both halves of the drawn face show one half of the photograph, as the little turn of the photographed head would pass
 * for yaw.
 */
function textureCoordinates(verticesMm: Float32Array, landmarks: FaceLandmarks): Float32Array {
  const uv = new Float32Array(faceVertexCount * 2);
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    const source = rightTwinOf(verticesMm, vertex);
    uv[vertex * 2] = landmarks[source * 3] ?? 0;
    uv[vertex * 2 + 1] = 1 - (landmarks[source * 3 + 1] ?? 0);
  }
  return uv;
}

/** The vertex on the wearer's right that lies opposite, or the vertex itself if it is there or in the middle. */
function rightTwinOf(verticesMm: Float32Array, vertex: number): number {
  const [x, y, z] = pointAt(verticesMm, vertex);
  if (x <= 0) return vertex;
  let twin = vertex;
  let nearestMm = Number.POSITIVE_INFINITY;
  for (let other = 0; other < faceVertexCount; other += 1) {
    const [ox, oy, oz] = pointAt(verticesMm, other);
    const apartMm = Math.hypot(ox + x, oy - y, oz - z);
    if (apartMm < nearestMm) [twin, nearestMm] = [other, apartMm];
  }
  return twin;
}
