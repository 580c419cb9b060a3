import {
  type BufferGeometry,
  Group,
  Mesh,
  MeshPhysicalMaterial,
  type Material,
  type Object3D,
  Texture,
} from 'three';
import { GLTFLoader, type GLTF } from 'three/addons/loaders/GLTFLoader.js';
import { MM_PER_METRE } from '../units.ts';
import { checkGlb } from './check-glb.ts';
import { PieceError } from './piece-error.ts';
import { WearingExtras } from '../../protocol/piece-extras.ts';
import { MaterialVariants, primitiveOf } from './material-variants.ts';

/** A parsed model. Its geometries, materials and textures have one owner, who calls `dispose` once. */
export interface Model {
  /** In millimetres; one child, the glTF scene. Never put into a scene itself: `instantiate` it. */
  readonly prototype: Group;
  /** The facts of the piece, or null where the root node carries none. */
  readonly extras: WearingExtras | null;
  readonly variants: MaterialVariants;
  /** One for each primitive. Two levels of detail of one piece have the same primitives in the same order. */
  readonly geometries: readonly BufferGeometry[];
  /** What it takes in memory once it is drawn: vertices, indices, and textures with their mip levels. */
  readonly bytes: number;
  readonly dispose: () => void;
}

/** The largest texture side and the sum of texels over all textures that the stage takes. */
const MAX_TEXTURE_SIDE_PX = 4096;
const MAX_TEXELS = 32 * 1024 * 1024;

/**
 * Builds a model from the bytes of one self-contained GLB, in millimetres: the root is scaled, by which three.js scales
 * volume thickness too, and attenuation distances are converted.
 * @throws PieceError `piece-truncated`, `piece-malformed`, `piece-refers-outside`, `piece-unsupported`,
 * `piece-too-large`.
 */
export async function loadModel(bytes: Uint8Array<ArrayBuffer>): Promise<Model> {
  const checked = checkGlb(bytes);
  if (!checked.ok)
    throw new PieceError(checked.error.code, `The model was refused: ${checked.error.message}`);
  const gltf = await parse(bytes);
  const variants = await MaterialVariants.read(gltf);
  const prototype = new Group();
  prototype.name = 'piece';
  prototype.scale.setScalar(MM_PER_METRE);
  prototype.add(gltf.scene);
  const resources = collectResources(prototype, variants.materials());
  for (const material of resources.materials) convertToMillimetres(material);
  const dispose = (): void => {
    for (const geometry of resources.geometries) geometry.dispose();
    for (const material of resources.materials) material.dispose();
    for (const texture of resources.textures) disposeTexture(texture);
  };
  try {
    checkTextures(resources.textures);
    return {
      prototype,
      extras: readExtras(gltf.scene),
      variants,
      geometries: geometriesOf(prototype),
      bytes: bytesOf(resources),
      dispose,
    };
  } catch (fault) {
    dispose();
    throw fault;
  }
}

async function parse(bytes: Uint8Array<ArrayBuffer>): Promise<GLTF> {
  // The loader reads an ArrayBuffer from its first byte on.
  const whole = bytes.byteLength === bytes.buffer.byteLength ? bytes.buffer : bytes.slice().buffer;
  try {
    return await new GLTFLoader().parseAsync(whole, '');
  } catch (fault) {
    throw new PieceError('piece-malformed', 'The model could not be read.', { cause: fault });
  }
}

function readExtras(scene: Object3D): WearingExtras | null {
  let found: unknown;
  scene.traverse((node) => {
    found ??= node.userData['vitrine'];
  });
  if (found === undefined) return null;
  const extras = WearingExtras.safeParse(found);
  if (!extras.success) throw new PieceError('piece-malformed', `extras.vitrine: ${extras.error.message}`);
  return extras.data;
}

function convertToMillimetres(material: Material): void {
  if (material instanceof MeshPhysicalMaterial) material.attenuationDistance *= MM_PER_METRE;
}

interface Resources {
  readonly geometries: ReadonlySet<Mesh['geometry']>;
  readonly materials: ReadonlySet<Material>;
  readonly textures: ReadonlySet<Texture>;
}

function collectResources(root: Object3D, variantMaterials: Iterable<Material>): Resources {
  const geometries = new Set<Mesh['geometry']>();
  const materials = new Set<Material>(variantMaterials);
  root.traverse((node) => {
    if (!(node instanceof Mesh)) return;
    geometries.add(node.geometry);
    for (const material of [node.material].flat()) materials.add(material);
  });
  const textures = new Set<Texture>();
  for (const material of materials) {
    for (const value of Object.values(material)) if (value instanceof Texture) textures.add(value);
  }
  return { geometries, materials, textures };
}

function geometriesOf(prototype: Group): readonly BufferGeometry[] {
  const geometries: BufferGeometry[] = [];
  prototype.traverse((node) => {
    if (node instanceof Mesh) geometries[primitiveOf(node) ?? geometries.length] = node.geometry;
  });
  return geometries;
}

/** Four bytes a texel, and a third more for its mip levels. */
const BYTES_PER_TEXEL = 4 * (4 / 3);

function bytesOf({ geometries, textures }: Resources): number {
  let bytes = 0;
  for (const { attributes, index } of geometries) {
    for (const { array } of Object.values(attributes)) bytes += array.byteLength;
    bytes += index?.array.byteLength ?? 0;
  }
  for (const texture of textures) bytes += texelsOf(texture) * BYTES_PER_TEXEL;
  return Math.round(bytes);
}

function sizeOf(texture: Texture): { readonly width: number; readonly height: number } {
  const { width = 0, height = 0 } = (texture.image ?? {}) as { width?: number; height?: number };
  return { width, height };
}

function texelsOf(texture: Texture): number {
  const { width, height } = sizeOf(texture);
  return width * height;
}

function checkTextures(textures: Iterable<Texture>): void {
  let texels = 0;
  for (const texture of textures) {
    const { width, height } = sizeOf(texture);
    texels += texelsOf(texture);
    if (Math.max(width, height) > MAX_TEXTURE_SIDE_PX || texels > MAX_TEXELS) {
      throw new PieceError('piece-too-large', `The model was refused: a texture of ${width} × ${height}.`);
    }
  }
}

function disposeTexture(texture: Texture): void {
  texture.dispose();
  // GLTFLoader decodes into an ImageBitmap, whose memory waits for the collector unless it is closed.
  if (texture.image instanceof ImageBitmap) texture.image.close();
}
