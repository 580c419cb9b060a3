import { Mesh, Texture, type Material, type Object3D } from 'three';
import type { GLTF } from 'three/addons/loaders/GLTFLoader.js';
import * as z from 'zod/mini';
import { PieceError } from './piece-error.ts';

const index = z.int().check(z.nonnegative());
const RootExtension = z.object({ variants: z.array(z.object({ name: z.string() })) });
const PrimitiveExtension = z.object({
  mappings: z.array(z.object({ material: index, variants: z.array(index) })),
});
const EXTENSION = 'KHR_materials_variants';

/** Of a mesh drawn many times the loader forgets which primitive it was, and keeps only what it did not understand itself. */
function extensionOf(mesh: Mesh): unknown {
  const unknown = mesh.userData['gltfExtensions'] as Readonly<Record<string, unknown>> | undefined;
  return unknown?.[EXTENSION];
}

/** The mark in `userData` by which a clone's mesh is known to be a primitive of its model. */
const PRIMITIVE_KEY = 'vitrinePrimitive';

/** Which primitive of its model a mesh draws, in the order of `Model.geometries`; null for a mesh that is not of a model. */
export function primitiveOf(mesh: Mesh): number | null {
  const primitive: unknown = mesh.userData[PRIMITIVE_KEY];
  return typeof primitive === 'number' ? primitive : null;
}

/** The materials of one primitive: by variant name, and what it wears when no variant says otherwise. */
interface PrimitiveMaterials {
  readonly byVariant: ReadonlyMap<string, Material>;
  readonly base: Material | Material[];
}

/**
 * The colour ways of a model by KHR_materials_variants. All are built when the model is read, so that changing a variant
 * is a change of references within one frame.
 */
export class MaterialVariants {
  /** In the order of the file; empty when the model has one look only. */
  readonly names: readonly string[];
  readonly #primitives: readonly PrimitiveMaterials[];

  private constructor(names: readonly string[], primitives: readonly PrimitiveMaterials[]) {
    this.names = names;
    this.#primitives = primitives;
  }

  /** A model of one look. */
  static readonly none = new MaterialVariants([], []);

  /** Reads the variants of a parsed glTF. @throws PieceError `piece-malformed` */
  static async read(gltf: GLTF): Promise<MaterialVariants> {
    const json = gltf.parser.json as {
      extensions?: Record<string, unknown>;
      meshes?: { primitives: { extensions?: Record<string, unknown> }[] }[];
    };
    const root = json.extensions?.[EXTENSION];
    const names =
      root === undefined ? [] : parseOrThrow(RootExtension, root).variants.map(({ name }) => name);
    const meshes: Mesh[] = [];
    gltf.scene.traverse((node) => {
      if (node instanceof Mesh) meshes.push(node);
    });
    const primitives: PrimitiveMaterials[] = [];
    for (const mesh of meshes) {
      mesh.userData[PRIMITIVE_KEY] = primitives.length;
      const place = gltf.parser.associations.get(mesh);
      const extension =
        json.meshes?.[place?.meshes ?? -1]?.primitives[place?.primitives ?? 0]?.extensions?.[EXTENSION] ??
        extensionOf(mesh);
      const byVariant = new Map<string, Material>();
      const base = mesh.material;
      const mappings = extension === undefined ? [] : parseOrThrow(PrimitiveExtension, extension).mappings;
      for (const mapping of mappings) {
        mesh.material = (await gltf.parser.getDependency('material', mapping.material)) as Material;
        gltf.parser.assignFinalMaterial(mesh);
        for (const variant of mapping.variants) {
          const name = names[variant];
          if (name === undefined) throw new PieceError('piece-malformed', 'A mapping names no variant.');
          byVariant.set(name, mesh.material);
        }
      }
      mesh.material = base;
      primitives.push({ byVariant, base });
    }
    return new MaterialVariants(names, primitives);
  }

  /** Every material of every variant. */
  *materials(): Generator<Material> {
    for (const { byVariant, base } of this.#primitives) {
      yield* byVariant.values();
      yield* [base].flat();
    }
  }

  /** The pictures of one variant's materials. */
  texturesOf(name: string): ReadonlySet<Texture> {
    const textures = new Set<Texture>();
    for (const { byVariant } of this.#primitives) {
      for (const value of Object.values(byVariant.get(name) ?? {})) {
        if (value instanceof Texture) textures.add(value);
      }
    }
    return textures;
  }

  /**
   * Dresses an instance of the model in a variant; null is the file's own look.
   * @throws PieceError `variant-unknown`
   */
  apply(instance: Object3D, name: string | null): void {
    if (name !== null && !this.names.includes(name)) {
      const known = this.names.length > 0 ? this.names.join(', ') : 'none';
      throw new PieceError('variant-unknown', `The model has no variant "${name}" (it has: ${known}).`);
    }
    instance.traverse((node) => {
      if (!(node instanceof Mesh)) return;
      const materials = this.#primitives[primitiveOf(node) ?? -1];
      if (materials)
        node.material = (name === null ? undefined : materials.byVariant.get(name)) ?? materials.base;
    });
  }
}

function parseOrThrow<Schema extends z.ZodMiniType>(schema: Schema, value: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new PieceError('piece-malformed', `${EXTENSION}: ${parsed.error.message}`);
  return parsed.data;
}
