import { Mesh, MeshStandardMaterial, Scene, WebGLRenderer, type Object3D, type Texture } from 'three';
import { MaisonId } from '../../protocol/ids.ts';
import type { Catalogue } from '../../protocol/product.ts';
import { StudioLight } from '../../scenes/light/studio-light.ts';
import { ModelCache } from '../../scenes/models/model-cache.ts';
import { loadCollection } from '../../sdk/session/collection.ts';
import { aurelleStills } from './aurelle-stills.ts';
import { buildSet } from './build-set.ts';
import { expose, type ExposureOptions } from './long-exposure.ts';
import { nordeStills } from './norde-stills.ts';
import type { StillLife, StillPiece } from './still-life.ts';
import { Surfaces } from './surfaces.ts';
import { twilightStudio } from './twilight-studio.ts';

const stillsOf: Readonly<Record<string, readonly StillLife[]>> = {
  norde: nordeStills,
  aurelle: aurelleStills,
};

/** Takes the pictures of the houses' stories. */
export interface StoryStudio {
  readonly names: (maison: string) => readonly string[];
  /** One chapter's picture, as PNG. */
  readonly take: (maison: string, name: string, options: ExposureOptions) => Promise<Blob>;
}

/** All pieces of a house stay ready from picture to picture. */
const stillsBytes = 2 ** 30;

/** Opens the studio. One renderer serves all pictures: a software one takes longer over its shaders than over a picture. */
export function openStoryStudio(): StoryStudio {
  const canvas = document.createElement('canvas');
  const renderer = new WebGLRenderer({ canvas, antialias: false, preserveDrawingBuffer: true });
  const models = new ModelCache({ idleBytes: stillsBytes });
  const surfaces = new Surfaces();
  return {
    names: (maison) => (stillsOf[maison] ?? []).map(({ name }) => name),
    take: async (maison, name, options) => {
      const still = stillsOf[maison]?.find((candidate) => candidate.name === name);
      if (still === undefined) throw new Error(`${maison} has no picture "${name}".`);
      const { catalogue, baseUrl } = await loadCollection((url) => fetch(url), MaisonId.parse(maison));
      const light = new StudioLight(renderer, twilightStudio(still));
      const scene = new Scene();
      scene.environment = light.texture;
      scene.environmentIntensity = still.sky.roomShare;
      const set = await buildSet(still, surfaces, async (piece) => {
        const { path, variant } = modelOf(catalogue, piece);
        const lease = await models.acquire(`${baseUrl}${path}`);
        lease.model.variants.apply(lease.instance, variant);
        return lease;
      });
      scene.add(set.root);
      // What metal mirrors is as bright in every picture, whatever the sun on the ground asks for.
      set.root.traverse((node) => mirrorStudio(node, light.texture, 1.1 / still.exposure));
      try {
        await expose(renderer, scene, still, options);
        return await pngOf(canvas);
      } finally {
        set.dispose();
        light.dispose();
      }
    },
  };
}

function mirrorStudio(node: Object3D, studio: Texture, strength: number): void {
  if (!(node instanceof Mesh)) return;
  for (const material of [node.material].flat()) {
    if (!(material instanceof MeshStandardMaterial)) continue;
    material.envMap = studio;
    material.envMapIntensity = strength;
  }
}

function pngOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('No picture was taken.'))), 'image/png');
  });
}

function modelOf(
  catalogue: Catalogue,
  { pieceId, variantId }: StillPiece,
): { readonly path: string; readonly variant: string } {
  const piece = catalogue.pieces.find(({ id }) => id === pieceId);
  const variant = piece?.variants.find(({ id }) => id === variantId);
  if (!piece || !variant) throw new Error(`There is no ${pieceId} in ${variantId}.`);
  return { path: piece.modelPath, variant: variant.modelVariant };
}
