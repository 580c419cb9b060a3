import {
  BufferGeometry,
  Color,
  Group,
  Matrix4,
  Mesh,
  MeshStandardMaterial,
  Quaternion,
  SphereGeometry,
  Vector3,
} from 'three';
import type { Object3D } from 'three';
import { cardHeightMm, cardWidthMm } from '../../sdk/geometry/card.ts';
import type { Pose, Quaternion as QuaternionTuple, Vec3 } from '../../sdk/geometry/pose.ts';
import { insertAfter } from '../surface/dress-product.ts';
import { VisitorCard } from './visitor-card.ts';
import type { CardHold } from './card-hold.ts';
import type { VisitorLook } from './skin-tones.ts';
import { visitorPaintGlsl } from './visitor-paint.ts';

const eyeballRadiusMm = 12;
const usualIrisMm = 11.7;
const eyeCentresMm: readonly Vec3[] = [
  [-31.6, 25.8, 25.6],
  [31.6, 25.8, 25.6],
];
/** About where a head turns on its neck. */
export const usualNeckMm: Vec3 = [0, -110, -68];
/** An eye turns no further in its socket than this; past it the head would turn. */
const furthestGazeRad = 0.42;

/** Everything lies beside a card that is not there. */
const noCard = new Matrix4().makeTranslation(1e6, 0, 0);
/** A card presses the hair flat that it lies on. */
const underCardGlsl = `uniform mat4 uCardFromHead;
bool underCard(vec3 headMm) {
  vec3 place = (uCardFromHead * vec4(headMm, 1.0)).xyz;
  return abs(place.x) < ${(cardWidthMm / 2).toFixed(2)} && abs(place.y) < ${(cardHeightMm / 2).toFixed(2)} && place.z > -2.0;
}
`;

type PartName = 'skin' | 'hair' | 'garment' | 'hands' | 'eye';

const paintOf: Readonly<Record<PartName, string>> = {
  skin: 'diffuseColor.rgb *= visitorSkin(vHeadMm, uSkin, uLips, uHair, uOpenMm, paintedRough);',
  hair: 'if (underCard(vHeadMm)) discard; paintedRough = 0.66; diffuseColor.rgb *= visitorHair(vHeadMm, uHair);',
  garment: 'paintedRough = 0.92; diffuseColor.rgb *= visitorGarment(vHeadMm, uGarment);',
  hands: 'paintedRough = 0.55; diffuseColor.rgb *= uSkin;',
  eye: 'diffuseColor.rgb *= visitorEye(vHeadMm, uIris, uIrisRadius, paintedRough);',
};

/**
 * The head of the kit's own visitor: a form of our own authoring, painted by our own shader, that the landmark network
 * finds as it finds a person. Millimetres; `root` stands in the camera frame.
 */
export class VisitorHead {
  readonly root = new Group();
  /** What the head's turning leaves where it is: shoulders and chest. */
  readonly body = new Group();
  readonly #eyes: readonly Group[];
  /** Where this head turns on its neck, in its own frame. */
  neckMm: Vec3 = usualNeckMm;
  readonly #skinMm: number[] = [];
  #card: VisitorCard | null = null;
  readonly #owned: { dispose(): void }[] = [];
  readonly #uniforms = {
    uSkin: { value: new Vector3() },
    uLips: { value: new Vector3() },
    uHair: { value: new Vector3() },
    uIris: { value: new Vector3() },
    uGarment: { value: new Vector3() },
    uIrisRadius: { value: usualIrisMm / 2 },
    uOpenMm: { value: 0 },
    uCardFromHead: { value: noCard.clone() },
  };

  /** @param model - the forged visitor, in millimetres; its geometries stay whoever's they are. */
  constructor(model: Object3D, look: VisitorLook) {
    model.updateMatrixWorld(true);
    model.traverse((node) => {
      if (!(node instanceof Mesh) || !(node.geometry instanceof BufferGeometry)) return;
      const name =
        node.name === 'hair' || node.name === 'garment' || node.name === 'hands' ? node.name : 'skin';
      const headFromMesh = node.matrixWorld.clone();
      if (name === 'skin') addVertices(node.geometry, headFromMesh, this.#skinMm);
      const material = this.#painted(name, headFromMesh);
      material.vertexColors = true;
      const part = new Mesh(node.geometry, material);
      part.matrixAutoUpdate = false;
      part.matrix.copy(headFromMesh);
      part.castShadow = true;
      part.receiveShadow = true;
      (name === 'garment' || name === 'hands' ? this.body : this.root).add(part);
    });
    const ball = new SphereGeometry(eyeballRadiusMm, 48, 32);
    const eye = this.#painted('eye');
    this.#owned.push(ball);
    this.#eyes = eyeCentresMm.map((centre) => {
      const turning = new Group();
      turning.position.set(...centre);
      const mesh = new Mesh(ball, eye);
      turning.add(mesh);
      this.root.add(turning);
      return turning;
    });
    this.wear(look);
  }

  /** Another visitor's colours. */
  wear(look: VisitorLook): void {
    this.#uniforms.uSkin.value.set(...look.skin);
    this.#uniforms.uLips.value.set(...look.lips);
    this.#uniforms.uHair.value.set(...look.hair);
    this.#uniforms.uIris.value.set(...look.iris);
    this.#uniforms.uGarment.value.set(...look.garment);
  }

  /** Breadth of the visible irises; 11.7 mm unless told. */
  setIris(irisMm: number): void {
    this.#uniforms.uIrisRadius.value = irisMm / 2;
  }

  /** Opens the lips so far in their middle; 0 is shut. */
  openMouth(openMm: number): void {
    this.#uniforms.uOpenMm.value = openMm;
  }

  /** Has the visitor hold a card against the forehead, or nothing. */
  holdCard(hold: CardHold | null): void {
    if (hold === null) {
      this.#card?.root.removeFromParent();
      this.#uniforms.uCardFromHead.value.copy(noCard);
      return;
    }
    this.#card ??= this.#cardOfOwn();
    this.#card.hold(hold, this.root.scale.x);
    this.root.add(this.#card.root);
    this.#card.root.updateMatrix();
    this.#uniforms.uCardFromHead.value.copy(this.#card.root.matrix).invert();
  }

  #cardOfOwn(): VisitorCard {
    const card = new VisitorCard(this.#skinMm, this.#painted('hands'));
    this.#owned.push(card);
    return card;
  }

  /**
   * Puts the head somewhere before the camera; the eyes look into it as far as they can turn. The body goes with the head,
   * unless told how it is turned about the neck.
   */
  pose({ rotation, translationMm }: Pose, bodyRotation: QuaternionTuple = rotation): void {
    this.#poseBody(rotation, translationMm, bodyRotation);
    this.root.position.set(...translationMm);
    this.root.quaternion.set(...rotation);
    this.root.updateMatrixWorld(true);
    const headFromCamera = new Quaternion(...rotation).invert();
    for (const eye of this.#eyes) {
      const at = eye.position.clone().applyMatrix4(this.root.matrixWorld);
      const gaze = at.negate().applyQuaternion(headFromCamera).normalize();
      eye.quaternion.setFromUnitVectors(new Vector3(0, 0, 1), gaze);
      const turnRad = 2 * Math.acos(Math.min(1, Math.abs(eye.quaternion.w)));
      if (turnRad > furthestGazeRad) eye.quaternion.slerp(new Quaternion(), 1 - furthestGazeRad / turnRad);
    }
  }

  /** The body turns about the neck, in which the head sits. */
  #poseBody(rotation: QuaternionTuple, translationMm: Vec3, bodyRotation: QuaternionTuple): void {
    const neck = new Vector3(...this.neckMm).multiplyScalar(this.root.scale.x);
    const head = new Quaternion(...rotation);
    this.body.scale.copy(this.root.scale);
    this.body.quaternion.set(...bodyRotation);
    this.body.position
      .copy(neck)
      .applyQuaternion(head)
      .add(new Vector3(...translationMm))
      .sub(neck.applyQuaternion(this.body.quaternion));
    this.body.updateMatrixWorld(true);
  }

  dispose(): void {
    this.root.removeFromParent();
    this.body.removeFromParent();
    for (const owned of this.#owned) owned.dispose();
  }

  #painted(name: PartName, headFromMesh = new Matrix4()): MeshStandardMaterial {
    const material = new MeshStandardMaterial({ color: new Color(1, 1, 1) });
    this.#owned.push(material);
    material.onBeforeCompile = (shader) => {
      Object.assign(shader.uniforms, this.#uniforms, { headFromMesh: { value: headFromMesh } });
      shader.vertexShader = insertAfter(
        shader.vertexShader,
        '#include <common>',
        'varying vec3 vHeadMm;\nuniform mat4 headFromMesh;',
      );
      shader.vertexShader = insertAfter(
        shader.vertexShader,
        '#include <begin_vertex>',
        'vHeadMm = (headFromMesh * vec4(transformed, 1.0)).xyz;',
      );
      shader.fragmentShader = insertAfter(
        shader.fragmentShader,
        '#include <common>',
        `varying vec3 vHeadMm;\nuniform vec3 uSkin, uLips, uHair, uIris, uGarment;\nuniform float uIrisRadius, uOpenMm;\n${underCardGlsl}float paintedRough = 0.6;\n${visitorPaintGlsl}`,
      );
      shader.fragmentShader = insertAfter(shader.fragmentShader, '#include <color_fragment>', paintOf[name]);
      shader.fragmentShader = insertAfter(
        shader.fragmentShader,
        '#include <roughnessmap_fragment>',
        'roughnessFactor = paintedRough;',
      );
    };
    material.customProgramCacheKey = () => `vitrine-visitor-${name}`;
    return material;
  }
}

function addVertices(geometry: BufferGeometry, headFromMesh: Matrix4, into: number[]): void {
  const position = geometry.getAttribute('position');
  const point = new Vector3();
  for (let vertex = 0; vertex < position.count; vertex += 1) {
    point.fromBufferAttribute(position, vertex).applyMatrix4(headFromMesh);
    into.push(point.x, point.y, point.z);
  }
}
