import {
  BufferGeometry,
  DataTexture,
  Group,
  Mesh,
  MeshBasicMaterial,
  Vector3,
  type Object3D,
  type WebGLRenderer,
} from 'three';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import type { FaceSurface, Wearer, WearingCategory } from '../categories/wearing.ts';
import { registerCategory } from '../categories/wearing-categories.ts';
import { MaterialVariants } from '../models/material-variants.ts';
import type { ModelLease } from '../models/model-cache.ts';
import { createContactShadowUniforms } from '../surface/contact-shadow.ts';
import { createProductUniforms, type ProductUniforms } from '../surface/dress-product.ts';
import { GlassKeeper } from '../surface/glass.ts';
import { createGrain } from '../surface/grain.ts';
import { HairCover, type HairUniforms } from '../surface/hair-cover.ts';
import { WornPiece } from './worn-piece.ts';

/** A piece of a house's own category, as surely worn as `surely` says frame by frame. */
function wornAs(
  name: `x-${string}`,
  surely: readonly number[],
  more: Partial<WearingCategory> = {},
): { readonly piece: WornPiece; readonly uniforms: ProductUniforms } {
  const left = [...surely];
  registerCategory(name, {
    needs: ['face'],
    shadow: null,
    prepare: () => ({
      fade: null,
      follow: () => left.shift() ?? 0,
      forgetFit: () => undefined,
    }),
    ...more,
  });
  const instance = new Group().add(new Mesh());
  const lease = {
    instance,
    model: { extras: { category: name }, variants: MaterialVariants.none, geometries: [] },
    release: () => undefined,
  } as unknown as ModelLease;
  const uniforms = productUniforms();
  const piece = new WornPiece('/brooch.glb', lease, 'near', uniforms, {
    renderer: {} as WebGLRenderer,
    clock: new ManualClock(0),
    face: {} as FaceSurface,
  });
  return { piece, uniforms };
}

function productUniforms(): ProductUniforms {
  return createProductUniforms({
    lightTint: { value: new Vector3(1, 1, 1) },
    grain: createGrain(),
    glass: new GlassKeeper('baked'),
  });
}

const at = (capturedAtMs: number): Wearer => ({ face: null, hands: [], body: null, capturedAtMs });

describe('a worn piece', () => {
  it('wears the chosen finish also on what hangs by itself, each earring on its ear', () => {
    const base = new MeshBasicMaterial();
    const platinum = new MeshBasicMaterial();
    const earrings = ['earring_left', 'earring_right'].map((name) => {
      const mesh = new Mesh(new BufferGeometry(), base);
      mesh.name = name;
      return mesh;
    });
    const variants = {
      names: ['gold', 'platinum'],
      materials: () => [],
      apply: (worn: Object3D, name: string | null) =>
        worn.traverse((node) => {
          if (node instanceof Mesh) node.material = name === 'platinum' ? platinum : base;
        }),
    };
    const piece = new WornPiece(
      '/drops.glb',
      {
        instance: new Group().add(...earrings),
        model: { extras: { category: 'earrings' }, variants, geometries: [] },
        release: () => undefined,
      } as unknown as ModelLease,
      'near',
      productUniforms(),
      { renderer: {} as WebGLRenderer, clock: new ManualClock(0), face: {} as FaceSurface },
    );
    piece.setVariant('platinum');
    expect(earrings.map(({ material }) => material === platinum)).toEqual([true, true]);
    piece.dispose();
  });

  it('comes back after a frame on which its category told no number', () => {
    const { piece } = wornAs('x-brooch', [Number.NaN, 1]);
    const shown = (): boolean => {
      piece.settle(true, createContactShadowUniforms(), 0, new HairCover());
      return piece.root.visible;
    };
    piece.follow(at(0), null);
    expect(piece.fade(0, 200)).toBe(false);
    expect(shown()).toBe(false);
    piece.follow(at(33), null);
    expect(piece.fade(33, 200)).toBe(true);
    expect(shown()).toBe(true);
    piece.dispose();
  });

  it('is left standing for nobody who comes in another’s place, and on who comes with a place for it at once', () => {
    const { piece } = wornAs('x-pin', [1, 0, 1]);
    const isThere = (): boolean => {
      piece.settle(true, createContactShadowUniforms(), 0, new HairCover());
      return piece.root.visible;
    };
    piece.follow(at(0), null);
    piece.fade(0, 200);
    piece.forgetPlace();
    piece.follow(at(16), null);
    piece.fade(16, 1);
    expect(isThere()).toBe(false);
    piece.forgetPlace();
    piece.follow(at(33), null);
    piece.fade(33, 1);
    expect(isThere()).toBe(true);
    expect(piece.fade(33, 200)).toBe(false);
    piece.dispose();
  });

  it('knows nothing of the hair of whoever took it off', () => {
    const { piece, uniforms } = wornAs('x-comb', [1]);
    const theirs = new DataTexture(new Uint8Array(4), 2, 2);
    const hair = { lieOver: ({ hairMap }: HairUniforms) => (hairMap.value = theirs) } as unknown as HairCover;
    piece.settle(true, createContactShadowUniforms(), 0, hair);
    expect(uniforms.hairMap.value).toBe(theirs);
    piece.dispose();
    expect(uniforms.hairMap.value).not.toBe(theirs);
  });

  it('waits for a look at the hair that may hide it, and only where hair does', () => {
    const coming = { isAwaited: true } as HairCover;
    const { piece: earrings } = wornAs('x-stud', [1, 1], { hiddenByHair: true });
    const { piece: collar } = wornAs('x-collar', [1]);
    earrings.follow(at(0), coming);
    collar.follow(at(0), coming);
    expect([earrings.fade(0, 200), collar.fade(0, 200)]).toEqual([false, true]);
    earrings.follow(at(33), { isAwaited: false } as HairCover);
    expect(earrings.fade(33, 200)).toBe(true);
    for (const piece of [earrings, collar]) piece.dispose();
  });

  it('tells once that hair hides it, and that it does no more; where hair hides nothing of its kind, that it does not', () => {
    const over = { hidesEars: true } as HairCover;
    const beside = { hidesEars: false } as HairCover;
    const { piece: earrings } = wornAs('x-stud', [1], { hiddenByHair: true });
    expect([over, over, beside, beside].map((hair) => earrings.noticeHair(hair))).toEqual([
      true,
      null,
      false,
      null,
    ]);
    const { piece: collar } = wornAs('x-collar', [1]);
    expect([over, beside].map((hair) => collar.noticeHair(hair))).toEqual([false, null]);
    for (const piece of [earrings, collar]) piece.dispose();
  });

  it('is filled by a real head where the camera is, and by the bust itself where there is none', () => {
    const occluder = new Group();
    const prepare = () => ({ fade: null, occluder, follow: () => 1, forgetFit: () => undefined });
    const { piece: cap } = wornAs('x-cap', [], { prepare });
    for (const showsCamera of [true, false]) {
      cap.settle(showsCamera, createContactShadowUniforms(), 0, new HairCover());
      expect(occluder.visible).toBe(showsCamera);
    }
    cap.dispose();
  });
});
