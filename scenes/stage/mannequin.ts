import { DirectionalLight, Group, Mesh, MeshStandardMaterial, Vector3, type Material } from 'three';
import type { Pose } from '../../sdk/geometry/pose.ts';
import { studioDirection } from '../light/studio.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { contactShadowGlsl, type ContactShadowUniforms } from '../surface/contact-shadow.ts';
import { insertAfter, tintedEnvironment } from '../surface/dress-product.ts';

const RECEIVES = 'vitrineReceivesContact';
const SHADOW_HALF_MM = 190;

/**
 * The plaster takes less of the studio than the piece and more of the key: a look-book models the face in light and shade
 * and lets the product sparkle.
 */
const PLASTER_LIGHT = new Vector3(0.34, 0.335, 0.33);
const KEY_INTENSITY = 2.5;
const KEY_FROM_HEAD_MM: Readonly<Vector3> = new Vector3(...studioDirection(-48, 42)).multiplyScalar(600);

/**
 * The neutral head that wears a piece where there is no camera, and the key light by which it is photographed. It hides
 * what is behind it by itself. `root` takes the head's pose.
 */
export class Mannequin {
  readonly root = new Group();
  readonly #lease: ModelLease;
  readonly #key: DirectionalLight;

  /** Takes over `lease`: a head in the canonical face frame. */
  constructor(lease: ModelLease, shadow: ContactShadowUniforms) {
    this.#lease = lease;
    lease.instance.traverse((node) => {
      if (!(node instanceof Mesh)) return;
      node.castShadow = true;
      node.receiveShadow = true;
      for (const material of [node.material].flat() as Material[]) receiveContact(material, shadow);
    });
    this.#key = keyLight();
    this.root.add(lease.instance, this.#key, this.#key.target);
  }

  pose({ rotation, translationMm }: Pose): void {
    this.root.position.set(translationMm[0], translationMm[1], translationMm[2]);
    this.root.quaternion.set(rotation[0], rotation[1], rotation[2], rotation[3]);
    // The lamp stands in the room: it follows where the head is, but not how it turns.
    this.#key.position.copy(KEY_FROM_HEAD_MM).applyQuaternion(this.root.quaternion.invert());
    this.root.quaternion.invert();
  }

  /** Whether the key light is on, and whether the head stands in it. */
  show(isLit: boolean, isThere: boolean): void {
    this.root.visible = isLit;
    this.#lease.instance.visible = isThere;
  }

  /** Side of the key light's shadow, pixels. */
  setShadowSide(sidePx: number): void {
    const { shadow } = this.#key;
    if (shadow.mapSize.width === sidePx) return;
    shadow.mapSize.set(sidePx, sidePx);
    // Made anew in its new size with the next picture.
    shadow.map?.dispose();
    shadow.map = null;
  }

  dispose(): void {
    this.root.removeFromParent();
    this.#key.dispose();
    this.#lease.release();
  }
}

function keyLight(): DirectionalLight {
  const key = new DirectionalLight('#fff4e6', KEY_INTENSITY);
  key.castShadow = true;
  key.shadow.mapSize.set(2048, 2048);
  key.shadow.radius = 6;
  key.shadow.bias = -0.0004;
  key.shadow.normalBias = 0.8;
  const { camera } = key.shadow;
  camera.left = camera.bottom = -SHADOW_HALF_MM;
  camera.right = camera.top = SHADOW_HALF_MM;
  camera.near = 200;
  camera.far = 1000;
  return key;
}

function receiveContact(material: Material, uniforms: ContactShadowUniforms): void {
  if (!(material instanceof MeshStandardMaterial) || material.userData[RECEIVES] === true) return;
  material.userData[RECEIVES] = true;
  material.onBeforeCompile = (shader) => {
    Object.assign(shader.uniforms, uniforms, { lightTint: { value: PLASTER_LIGHT } });
    shader.vertexShader = insertAfter(
      shader.vertexShader,
      '#include <common>',
      'varying vec3 vContactWorld;',
    );
    shader.vertexShader = insertAfter(
      shader.vertexShader,
      '#include <project_vertex>',
      'vContactWorld = (modelMatrix * vec4(transformed, 1.0)).xyz;',
    );
    shader.fragmentShader = insertAfter(
      shader.fragmentShader,
      '#include <common>',
      `varying vec3 vContactWorld;\nuniform vec3 lightTint;\n${contactShadowGlsl}`,
    );
    shader.fragmentShader = shader.fragmentShader.replace(
      '#include <envmap_physical_pars_fragment>',
      tintedEnvironment(),
    );
    shader.fragmentShader = insertAfter(
      shader.fragmentShader,
      '#include <opaque_fragment>',
      'gl_FragColor.rgb *= contactShadow(vContactWorld);',
    );
  };
  material.customProgramCacheKey = () => 'vitrine-mannequin';
}
