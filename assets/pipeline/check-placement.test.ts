import type { Document, Node } from '@gltf-transform/core';
import { KHRLightsPunctual } from '@gltf-transform/extensions';
import { describe, expect, it } from 'vitest';
import type { PieceSpec } from '../forge/document/piece-spec.ts';
import { writePiece } from '../forge/document/write-piece.ts';
import { cascade } from '../forge/pieces/cascade.ts';
import { fjord51 } from '../forge/pieces/fjord-51.ts';
import { lund } from '../forge/pieces/lund.ts';
import { nord39 } from '../forge/pieces/nord-39.ts';
import { onde } from '../forge/pieces/onde.ts';
import { rouge } from '../forge/pieces/rouge.ts';
import { skive } from '../forge/pieces/skive.ts';
import { checkGlb } from './check-glb.ts';
import { edited, extras, ring, spectacles } from './glb-for-tests.ts';

async function told(bytes: Uint8Array): Promise<string> {
  const result = await checkGlb(bytes);
  return result.ok ? 'accepted' : `${result.error.code}. ${result.error.message}`;
}

const half = Math.SQRT1_2;
const aboutX = [half, 0, 0, half] as const;

describe('a ring is refused', () => {
  const changed = async (change: (root: Node, document: Document) => void): Promise<string> =>
    told(await ring((document, root) => change(root, document)));

  it('where the middle of its hole is not the origin', async () => {
    expect(await changed(() => {})).toBe('accepted');
    expect(await changed((root) => root.setTranslation([0.0003, 0, 0]))).toBe('accepted');
    expect(await changed((root) => root.setTranslation([0.05, 0, 0]))).toBe(
      'wrong-place. band does not go round the y axis. Move or turn the model: its origin is ' +
        "the band's middle on the finger's axis, +y to the finger's tip, +z to the stone.",
    );
    expect(await changed((root) => root.setTranslation([0.002, 0, 0]))).toMatch(
      /^wrong-place\. band comes as near as 6\.3 mm to the y axis, where its sizes in fit say 8\.3 mm\./,
    );
    expect(await changed((root) => root.setTranslation([0, 0.05, 0]))).toMatch(
      /^wrong-place\. band lies from 49 mm to 51 mm along the y axis, beside its origin\./,
    );
  });

  it('where its axis is another one, or its stone points elsewhere', async () => {
    expect(await changed((root) => root.setRotation([...aboutX]))).toMatch(/^wrong-place\. band does not go/);
    const set = (x: number, z: number) => (root: Node, document: Document) => {
      const [mesh = null] = document.getRoot().listMeshes();
      const head = document.createNode('head').setMesh(mesh).setScale([0.2, 0.2, 0.2]);
      root.addChild(head.setTranslation([x, 0, z]));
    };
    expect(await changed(set(0, 0.01))).toBe('accepted');
    expect(await changed(set(0.01, 0))).toMatch(/^wrong-place\. head, which carries the stone, lies on/);
  });

  it('where its root is mirrored, as any piece is', async () => {
    expect(await changed((root) => root.setScale([-1, 1, 1]))).toMatch(/^wrong-place\. The root .* mirrored/);
    expect(await changed((root) => root.setScale([-1, 1, -1]))).toBe('accepted');
    const vitrine = { ...extras, category: 'x-brooch', anchor: 'neckBase', fit: {}, moving: [] };
    const brooch = await spectacles({ vitrine, widthM: 0.04 });
    const mirrored = edited(brooch, (json) => {
      for (const node of json['nodes'] as { name?: string; scale?: number[] }[])
        if (node.name === 'piece') node.scale = [1, 1, -1];
    });
    expect(await told(mirrored)).toMatch(/^wrong-place\. The root .* mirrored/);
  });

  it('where its file has a camera or a light', async () => {
    const filmed = edited(await ring(), (json) => {
      json['cameras'] = [{ type: 'perspective', perspective: { yfov: 1, znear: 0.1 } }];
      for (const node of json['nodes'] as { name?: string; camera?: number }[])
        if (node.name === 'piece') node.camera = 0;
    });
    expect(await told(filmed)).toMatch(/^foreign-part\. .* camera.*: export it without cameras\.$/);
    expect(
      await changed((root, document) => {
        const lights = document.createExtension(KHRLightsPunctual);
        const light = lights.createLight().setType('point');
        root.addChild(document.createNode('lamp').setExtension('KHR_lights_punctual', light));
      }),
    ).toMatch(/^foreign-part\. .*KHR_lights_punctual.*: export it without lights\.$/);
  });

  it('but not where it says by its wornFrame where its anchor lies', async () => {
    const moved = await ring((_, root) => {
      root.setTranslation([0.05, 0, 0]).setRotation([...aboutX]);
      const { vitrine } = root.getExtras() as { readonly vitrine: object };
      root.setExtras({
        vitrine: { ...vitrine, wornFrame: { translationMm: [50, 0, 0], rotation: [...aboutX] } },
      });
    });
    expect(await told(moved)).toBe('accepted');
  });
});

describe('a house’s own category is free to lie where it is worn', () => {
  it('far from its origin too', async () => {
    const vitrine = { ...extras, category: 'x-brooch', anchor: 'neckBase', fit: {}, moving: [] };
    const far = edited(await spectacles({ vitrine, widthM: 0.04 }), (json) => {
      for (const node of json['nodes'] as { name?: string; translation?: number[] }[])
        if (node.name === 'piece') node.translation = [0.3, 0, 0];
    });
    expect(await told(far)).toBe('accepted');
  });
});

describe('a piece that was moved or turned is refused by what its parts say', () => {
  const sideways = { translation: [0.05, 0, 0] };
  const up = { translation: [0, 0.05, 0] };
  const forward = { translation: [0, 0, 0.05] };
  const tilted = { rotation: aboutX };
  const turned = { rotation: [0, 1, 0, 0] };

  it.each<readonly [string, () => PieceSpec, readonly object[]]>([
    ['spectacles', fjord51, [sideways, up, forward, tilted, turned]],
    ['a hat', skive, [up]],
    ['earrings', cascade, [sideways, up, forward, turned]],
    ['a bangle', onde, [sideways, up, forward, tilted]],
    ['a watch', nord39, [sideways, up, forward, tilted, turned]],
    ['a bag', lund, [sideways, up, tilted]],
    ['a lipstick', rouge, [sideways, up, forward, tilted]],
  ])('%s', async (_, piece, changes) => {
    const spec = piece();
    const sound = await writePiece(spec, 'lod1');
    expect(await told(sound)).toBe('accepted');
    for (const change of changes) {
      const moved = edited(sound, (json) => {
        const roots = (json['scenes'] as { nodes: number[] }[])[0]?.nodes ?? [];
        Object.assign((json['nodes'] as object[])[roots[0] ?? 0] ?? {}, change);
      });
      expect(await told(moved), JSON.stringify(change)).toMatch(/^wrong-place\. /);
    }
  });
});
