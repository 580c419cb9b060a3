import type { Buffer as GlbBuffer, Mesh, Node, Primitive } from '@gltf-transform/core';
import { Document, NodeIO } from '@gltf-transform/core';
import {
  ALL_EXTENSIONS,
  EXTMeshGPUInstancing,
  KHRMaterialsVariants,
  KHRMeshQuantization,
} from '@gltf-transform/extensions';
import { cloneDocument, dedup, prune, simplify, weld } from '@gltf-transform/functions';
import { MeshoptSimplifier } from 'meshoptimizer';
import type { Surface } from '../geometry/surface.ts';
import { drawnTriangles, specTriangles } from './drawn-triangles.ts';
import { MaterialWriter } from './material-writer.ts';
import type { PartInstance, PartNode, PartSurface, PieceSpec } from './piece-spec.ts';

/** Levels of detail: the full piece, and one with about a quarter of its triangles and half-sized textures. */
export type DetailLevel = 'full' | 'lod1';

const MM_TO_M = 0.001;

class PieceWriter {
  readonly #spec: PieceSpec;
  readonly #level: DetailLevel;
  readonly #document = new Document();
  readonly #buffer: GlbBuffer;
  readonly #materials: MaterialWriter;
  readonly #shared = new Map<string, Mesh>();
  readonly #variantsExtension: KHRMaterialsVariants;
  readonly #variants: ReturnType<KHRMaterialsVariants['createVariant']>[];

  constructor(spec: PieceSpec, level: DetailLevel) {
    this.#spec = spec;
    this.#level = level;
    this.#document.getRoot().getAsset()['generator'] = 'Vitrine forge';
    this.#buffer = this.#document.createBuffer();
    this.#materials = new MaterialWriter(this.#document, level === 'full' ? 1 : 0.5);
    this.#document.createExtension(KHRMeshQuantization).setRequired(true);
    this.#variantsExtension = this.#document.createExtension(KHRMaterialsVariants);
    this.#variants = spec.variants.map((variant) => this.#variantsExtension.createVariant(variant.name));
  }

  async write(): Promise<Document> {
    const scene = this.#document.createScene(this.#spec.id);
    const root = await this.#node(this.#spec.root);
    root.setExtras({ vitrine: this.#spec.extras });
    scene.addChild(root);
    this.#document.getRoot().setDefaultScene(scene);
    return this.#document;
  }

  async #node(part: PartNode): Promise<Node> {
    const node = this.#document.createNode(part.name);
    if (part.translationMm !== undefined) {
      const { x, y, z } = part.translationMm;
      node.setTranslation([x * MM_TO_M, y * MM_TO_M, z * MM_TO_M]);
    }
    if (part.rotation !== undefined) {
      node.setRotation([...part.rotation]);
    }
    if (part.surfaces !== undefined) {
      node.setMesh(await this.#mesh(part.name, part.surfaces));
    }
    if (part.share !== undefined) {
      node.setMesh(await this.#sharedMesh(part.share));
    }
    if (part.instances !== undefined) {
      this.#instance(node, part.instances);
    }
    for (const child of part.children ?? []) {
      node.addChild(await this.#node(child));
    }
    return node;
  }

  #instance(node: Node, instances: readonly PartInstance[]): void {
    const accessor = (type: 'VEC3' | 'VEC4', numbers: readonly number[]) =>
      this.#document
        .createAccessor()
        .setBuffer(this.#buffer)
        .setType(type)
        .setArray(Float32Array.from(numbers));
    const places = instances.flatMap(({ translationMm: { x, y, z } }) => [x, y, z].map((mm) => mm * MM_TO_M));
    const batch = this.#document
      .createExtension(EXTMeshGPUInstancing)
      .setRequired(true)
      .createInstancedMesh()
      .setAttribute('TRANSLATION', accessor('VEC3', places))
      .setAttribute(
        'ROTATION',
        accessor(
          'VEC4',
          instances.flatMap(({ rotation }) => [...rotation]),
        ),
      )
      .setAttribute(
        'SCALE',
        accessor(
          'VEC3',
          instances.flatMap(({ scale = 1 }) => [scale, scale, scale]),
        ),
      );
    node.setExtension('EXT_mesh_gpu_instancing', batch);
  }

  async #sharedMesh(name: string): Promise<Mesh> {
    const known = this.#shared.get(name);
    if (known !== undefined) {
      return known;
    }
    const part = this.#spec.shared[name];
    if (part === undefined) {
      throw new RangeError(`${this.#spec.id}: no shared mesh is called ${name}`);
    }
    const mesh = await this.#mesh(name, [part]);
    this.#shared.set(name, mesh);
    return mesh;
  }

  async #mesh(name: string, parts: readonly PartSurface[]): Promise<Mesh> {
    const mesh = this.#document.createMesh(name);
    for (const part of parts) {
      mesh.addPrimitive(await this.#primitive(part));
    }
    return mesh;
  }

  async #primitive({ slot, surface, far = surface }: PartSurface): Promise<Primitive> {
    const primitive = this.#document.createPrimitive();
    this.#fill(primitive, this.#level === 'full' ? surface : far, this.#spec.textureMm[slot]);
    const mappings = this.#variantsExtension.createMappingList();
    for (const [index, variant] of this.#spec.variants.entries()) {
      const recipe = variant.materials[slot];
      const written = this.#variants[index];
      if (recipe === undefined || written === undefined) {
        throw new RangeError(`${this.#spec.id}: variant ${variant.name} has no material for ${slot}`);
      }
      const material = await this.#materials.write(recipe);
      if (index === 0) {
        primitive.setMaterial(material);
      }
      mappings.addMapping(this.#variantsExtension.createMapping().setMaterial(material).addVariant(written));
    }
    primitive.setExtension('KHR_materials_variants', mappings);
    return primitive;
  }

  #fill(
    primitive: Primitive,
    surface: Surface,
    textureMm: { widthMm: number; heightMm: number } | undefined,
  ): void {
    const count = surface.vertices.length;
    const positions = new Float32Array(count * 3);
    const normals = new Int16Array(count * 3);
    const uvs = new Float32Array(count * 2);
    surface.vertices.forEach(({ position, normal, uv }, i) => {
      positions.set([position.x * MM_TO_M, position.y * MM_TO_M, position.z * MM_TO_M], i * 3);
      normals.set(
        [normal.x, normal.y, normal.z].map((n) => Math.round(n * 32767)),
        i * 3,
      );
      if (textureMm !== undefined) {
        uvs.set([uv.x / textureMm.widthMm + 0.5, 0.5 - uv.y / textureMm.heightMm], i * 2);
      }
    });
    const indices =
      count > 65_535 ? new Uint32Array(surface.triangles.flat()) : new Uint16Array(surface.triangles.flat());
    const accessor = (): ReturnType<Document['createAccessor']> =>
      this.#document.createAccessor().setBuffer(this.#buffer);
    primitive
      .setAttribute('POSITION', accessor().setType('VEC3').setArray(positions))
      .setAttribute('NORMAL', accessor().setType('VEC3').setArray(normals).setNormalized(true))
      .setIndices(accessor().setType('SCALAR').setArray(indices));
    if (surface.vertices.some(({ shade }) => shade !== undefined)) {
      const colors = new Uint8Array(count * 4).fill(255);
      surface.vertices.forEach(({ shade = 1 }, i) => {
        colors.fill(Math.round(shade * 255), i * 4, i * 4 + 3);
      });
      primitive.setAttribute('COLOR_0', accessor().setType('VEC4').setArray(colors).setNormalized(true));
    }
    if (textureMm !== undefined) {
      primitive.setAttribute('TEXCOORD_0', accessor().setType('VEC2').setArray(uvs));
    }
  }
}

/** How many of a piece's triangles its second level of detail draws. */
const farShare = 0.25;
/** Facets and links cannot be thinned: what they keep is taken from the rest, in so many rounds. */
const thinningRounds = 3;

/** Writes a piece as one GLB file: metres, no external resource, materials by KHR_materials_variants. */
export async function writePiece(spec: PieceSpec, level: DetailLevel): Promise<Uint8Array> {
  let document = await new PieceWriter(spec, level).write();
  await document.transform(dedup({ keepUniqueNames: true }), weld());
  if (level === 'lod1') document = await thinned(document, farShare * specTriangles(spec));
  await document.transform(prune({ keepLeaves: true, keepExtras: true }));
  return new NodeIO().registerExtensions(ALL_EXTENSIONS).writeBinary(document);
}

/** The document with about so many triangles drawn. */
async function thinned(document: Document, wanted: number): Promise<Document> {
  await MeshoptSimplifier.ready;
  const whole = drawnTriangles(document);
  let ratio = farShare;
  for (let round = 1; ; round += 1) {
    const thin = cloneDocument(document);
    await thin.transform(simplify({ simplifier: MeshoptSimplifier, ratio, error: 0.01 }));
    const excess = drawnTriangles(thin) - wanted;
    if (excess < 0.02 * wanted || round === thinningRounds) return thin;
    const perRatio = (whole - drawnTriangles(thin)) / (1 - ratio);
    ratio = Math.max(0.05, ratio - excess / perRatio);
  }
}
