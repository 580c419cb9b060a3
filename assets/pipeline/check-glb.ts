import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import sharp from 'sharp';
import type { CheckResult } from './check-result.ts';
import type { GlbBudget } from './glb-budget.ts';
import type { GlbContainer } from './glb-container.ts';
import type { GlbCost } from './measure-glb.ts';
import type { GltfDescription } from './gltf-description.ts';
import { accept, refuse } from './check-result.ts';
import { budgetOf, largeBudget } from './glb-budget.ts';
import { checkPlacement } from './check-placement.ts';
import { checkTrueSize, type ExtentMm } from './true-size.ts';
import { checkWorn } from './check-worn.ts';
import { gltfDescriptionSchema } from './gltf-description.ts';
import { measureGlb } from './measure-glb.ts';
import { openGlb } from './glb-container.ts';
import { readExtensions } from '../../protocol/gltf-extensions.ts';
import { PieceExtras } from '../../protocol/piece-extras.ts';
import { faultLine, schemaFaults } from '../../protocol/schema-fault.ts';
import { validateGltf } from './validate-gltf.ts';

/** What the check learned of an accepted piece. */
export interface CheckedGlb extends GlbCost {
  readonly bytes: number;
  readonly texturePx: number;
  readonly extensions: readonly string[];
  readonly extentMm: ExtentMm;
  readonly extras: PieceExtras;
  /** The finishes, as a catalogue names them in `modelVariant`. */
  readonly variants: readonly string[];
  readonly gltf: GltfDescription;
}

/** Pictures that every browser draws; whatever else `sharp` reads is none of them. */
const TEXTURE_FORMATS: readonly string[] = ['webp', 'png', 'jpeg'];

/** Compressed geometry that no validator looks into is not accepted. */
const FORBIDDEN_EXTENSIONS = ['KHR_draco_mesh_compression'];

/** Extensions that bring lights of their own. */
const LIGHTS: readonly string[] = ['KHR_lights_punctual', 'EXT_lights_image_based', 'EXT_lights_ies'];

function checkResources(gltf: GltfDescription): CheckResult<null> {
  const named = [...(gltf.buffers ?? []), ...(gltf.images ?? [])].find(({ uri }) => uri !== undefined);
  if (named !== undefined) {
    return refuse(
      'external-resource',
      'The model refers to another file or address; it must hold all of its data.',
    );
  }
  const forbidden = gltf.extensionsUsed?.find((name) => FORBIDDEN_EXTENSIONS.includes(name));
  if (forbidden !== undefined) {
    return refuse(
      'forbidden-extension',
      `The model uses ${forbidden}, which cannot be checked: export it without compression.`,
    );
  }
  if ((gltf.cameras ?? []).length > 0) {
    return refuse(
      'foreign-part',
      'The model has a camera, which no mirror looks through: export it without cameras.',
    );
  }
  const light = gltf.extensionsUsed?.find((name) => LIGHTS.includes(name));
  if (light !== undefined) {
    return refuse(
      'foreign-part',
      `The model has a light (${light}), but the mirror lights it as its client is lit: export it without lights.`,
    );
  }
  const unread = gltf.extensionsRequired?.find((name) => !readExtensions.has(name));
  if (unread !== undefined) {
    return refuse('forbidden-extension', `The model requires ${unread}, which the mirror does not read.`);
  }
  return accept(null);
}

async function largestTexture(
  gltf: GltfDescription,
  container: GlbContainer,
  budget: GlbBudget,
): Promise<CheckResult<number>> {
  const images = gltf.images ?? [];
  if (images.length > budget.textures) {
    return refuse('over-budget', `The model has ${images.length} textures; ${budget.textures} are allowed.`);
  }
  let largest = 0;
  for (const { bufferView } of images) {
    const view = bufferView === undefined ? undefined : gltf.bufferViews?.[bufferView];
    if (view === undefined) {
      return refuse('bad-texture', 'The model has a texture without data.');
    }
    const start = view.byteOffset ?? 0;
    try {
      const { width, height, format } = await sharp(
        container.binary.subarray(start, start + view.byteLength),
      ).metadata();
      if (!TEXTURE_FORMATS.includes(format)) {
        return refuse(
          'bad-texture',
          `The model has a texture of the kind ${format}; WebP, PNG and JPEG are read.`,
        );
      }
      largest = Math.max(largest, width, height);
    } catch {
      return refuse('bad-texture', 'The model has a texture that is no picture.');
    }
    if (largest > budget.texturePx) {
      return refuse(
        'over-budget',
        `The model has a texture of ${largest} pixels; ${budget.texturePx} are allowed.`,
      );
    }
  }
  return accept(largest);
}

function readExtras(gltf: GltfDescription): CheckResult<PieceExtras> {
  const roots = gltf.scenes?.[gltf.scene ?? 0]?.nodes ?? [];
  const root = roots.length === 1 ? gltf.nodes?.[roots[0] ?? -1] : undefined;
  if (root === undefined) {
    return refuse('wrong-extras', 'The scene of the model must have exactly one root node.');
  }
  const extras = root.extras;
  const own =
    typeof extras === 'object' && extras !== null && 'vitrine' in extras ? extras.vitrine : undefined;
  if (typeof own === 'string') {
    return refuse(
      'wrong-extras',
      'extras.vitrine of the root node is a text; it must be an object. docs/assets.md says how Blender writes one.',
    );
  }
  const parsed = PieceExtras.safeParse(own);
  if (!parsed.success) {
    if (own === undefined)
      return refuse(
        'wrong-extras',
        'The root node of the model has no extras.vitrine, which says how it is worn.',
      );
    const lines = schemaFaults(parsed.error, own).map((fault) =>
      faultLine(fault, ['extras.vitrine', fault.at].filter(Boolean).join('.')),
    );
    return refuse(
      'wrong-extras',
      `The model does not say correctly how it is worn: ${lines[0] ?? 'extras.vitrine'}.`,
    );
  }
  return accept(parsed.data);
}

/** What a model of its category may cost; one that names none is held to what is usual, and refused later. */
function budgetFor(gltf: GltfDescription): GlbBudget {
  const extras = readExtras(gltf);
  return budgetOf(extras.ok ? extras.value.category : 'eyewear');
}

/**
 * Checks a piece's GLB before anything else touches it: container, self-containedness, budget, textures, how it is
 * worn, the Khronos validator without an error, its true size, and where it lies about its origin. Cheap checks run first, so a hostile file costs little.
 */
export async function checkGlb(bytes: Uint8Array, given?: GlbBudget): Promise<CheckResult<CheckedGlb>> {
  const most = (given ?? largeBudget).bytes;
  if (bytes.byteLength > most) {
    return refuse('over-budget', `The model has ${bytes.byteLength} bytes; ${most} are allowed.`);
  }
  const container = openGlb(bytes);
  if (!container.ok) {
    return container;
  }
  const description = gltfDescriptionSchema.safeParse(container.value.json);
  if (!description.success) {
    return refuse('bad-json', 'The description inside the model is not glTF.');
  }
  const gltf = description.data;
  const budget = given ?? budgetFor(gltf);
  if (bytes.byteLength > budget.bytes) {
    return refuse('over-budget', `The model has ${bytes.byteLength} bytes; ${budget.bytes} are allowed.`);
  }
  const resources = checkResources(gltf);
  if (!resources.ok) {
    return resources;
  }
  const cost = measureGlb(gltf, container.value.binary.byteLength, budget);
  if (!cost.ok) {
    return cost;
  }
  const texture = await largestTexture(gltf, container.value, budget);
  if (!texture.ok) {
    return texture;
  }
  const extras = readExtras(gltf);
  if (!extras.ok) {
    return extras;
  }
  const worn = checkWorn(gltf, extras.value);
  if (!worn.ok) {
    return worn;
  }
  const errors = await validateGltf(bytes);
  if (errors.length > 0) {
    return refuse('invalid-gltf', `The model breaks the glTF standard: ${errors.slice(0, 3).join('; ')}.`);
  }
  const document = await new NodeIO().registerExtensions(ALL_EXTENSIONS).readBinary(bytes);
  const extentMm = checkTrueSize(document, extras.value);
  if (!extentMm.ok) {
    return extentMm;
  }
  const placed = checkPlacement(document, extras.value);
  if (!placed.ok) {
    return placed;
  }
  return accept({
    ...cost.value,
    bytes: bytes.byteLength,
    texturePx: texture.value,
    extensions: gltf.extensionsUsed ?? [],
    extentMm: extentMm.value,
    extras: extras.value,
    variants: worn.value,
    gltf,
  });
}
