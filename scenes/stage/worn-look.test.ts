import { Group, Matrix4, Vector3, type Texture } from 'three';
import { describe, expect, it } from 'vitest';
import { createContactShadowUniforms, setContactShadow } from '../surface/contact-shadow.ts';
import type { Arrangement } from '../categories/wearing.ts';
import { DressedPeople } from './dressed-people.ts';
import { WornLook } from './worn-look.ts';
import type { WornPiece } from './worn-piece.ts';

const shadow = createContactShadowUniforms();
const people = new DressedPeople(new Group(), shadow, () => null);

/** A piece that darkens what it lies on so strongly, or not at all. */
function pieceOf(url: string, strength: number | null): WornPiece {
  const map =
    strength === null
      ? null
      : {
          texture: { name: url } as Texture,
          patch: { minX: 0, minY: 0, width: 1, height: 1 },
          dispose: () => undefined,
        };
  const piece: Partial<WornPiece> = {
    url,
    root: new Group(),
    sight: new Vector3(),
    seat: 0,
    needs: [],
    handShows: 'nothing',
    castsShadow: strength !== null,
    forgetFit: () => undefined,
    settle: (_, uniforms, slot) => {
      const shape = strength === null ? null : { strength, decayMm: 5, lightRise: 0 };
      uniforms.piecesFromWorld.value[slot]?.copy(new Matrix4());
      setContactShadow(uniforms, slot, map, shape, 1);
    },
    showDetail: () => undefined,
    arrange: () => undefined,
    light: () => undefined,
    dispose: () => undefined,
  };
  return piece as WornPiece;
}

const strengths = (): number[] => shadow.contacts.value.map(({ x }) => x).filter((x) => x > 0);

describe('the contact shadows of a look', () => {
  it('are those of the pieces that cast one, however many others are worn, and go with their piece', () => {
    const look = new WornLook(new Group(), shadow);
    for (const url of ['earrings', 'necklace', 'rouge', 'bag']) look.putOn(pieceOf(url, null));
    look.putOn(pieceOf('ring', 0.25));
    look.putOn(pieceOf('watch', 0.5));
    look.settle(people, true, 1_000);
    expect(strengths()).toEqual([0.25, 0.5]);
    look.takeOff('ring');
    expect(strengths()).toEqual([0.5]);
    look.takeOff('earrings');
    look.putOn(pieceOf('bangle', 0.75));
    look.settle(people, true, 1_000);
    expect(strengths()).toEqual([0.75, 0.5]);
    expect(shadow.coverageMaps.value.map((texture) => texture?.name ?? null)).toEqual([
      'bangle',
      'watch',
      null,
      null,
    ]);
    look.dispose();
    expect(strengths()).toEqual([]);
  });
});

describe('what lies beside each other', () => {
  it('a bracelet learns of a watch that its wearer puts on after it, and of nobody else’s', () => {
    const look = new WornLook(new Group(), shadow);
    const told: number[] = [];
    look.putOn(
      Object.assign(pieceOf('bangle', null), {
        watchMm: 0,
        arrange: ({ watchMm }: Arrangement) => told.push(watchMm),
      }),
    );
    look.putOn(Object.assign(pieceOf('watch', null), { watchMm: 21 }));
    const places = [{ url: 'bangle' }, { url: 'watch' }];
    look.arrange(places);
    look.setSeat('watch', 1);
    look.arrange(places);
    expect(told).toEqual([21, 0]);
  });
});

describe('what waits for a look at the hair', () => {
  it('is told of the hair of whoever wears it', () => {
    const look = new WornLook(new Group(), shadow);
    const told: unknown[] = [];
    look.putOn(
      Object.assign(pieceOf('drops', null), {
        seat: 1,
        follow: (_: unknown, hair: unknown) => told.push(hair),
        noticePlace: () => null,
        noticeHair: () => null,
      }),
    );
    const nothing = { onPlaced: () => undefined, onHidden: () => undefined };
    look.follow(people, 0, { projection: new Matrix4(), coveredShare: 0 }, true, nothing);
    expect(told).toEqual([people.on(1).hair]);
  });
});

describe('where the piece that is looked at is to be seen', () => {
  const shown = (category: string, is: Partial<Pick<WornPiece, 'needs' | 'handShows'>>, fit = {}) => {
    const look = new WornLook(new Group(), shadow);
    look.putOn(Object.assign(pieceOf(category, null), is, { model: { extras: { category, fit } } }));
    return look.arrange([{ url: category }]);
  };

  it('is the part that wears it; a bag by its strap is on the shoulder, wherever the hands are', () => {
    const needs = ['face', 'hand', 'body'] as const;
    expect(shown('bag', { needs })).toBe('carried');
    expect(shown('bag', { needs }, { strapLengthMm: 1_100 })).toBe('neck');
    expect(shown('necklace', { needs: ['face', 'body'] })).toBe('neck');
    expect(shown('watch', { needs, handShows: 'wrist' })).toBe('wrist');
    const both = new WornLook(new Group(), shadow);
    const onWrist = { handShows: 'wrist', model: { extras: null } } as const;
    both.putOn(Object.assign(pieceOf('bangle', null), onWrist, { watchMm: 0 }));
    both.putOn(Object.assign(pieceOf('watch', null), onWrist, { watchMm: 21 }));
    const looked = (url: string) =>
      both.arrange(['watch', 'bangle'].map((one) => ({ url: one, looked: one === url })));
    expect([looked('watch'), looked('bangle')]).toEqual(['wrist', 'arm']);
    expect(shown('makeup', { needs: ['face'] })).toBe('mouth');
    expect(shown('eyewear', { needs: ['face'] })).toBe('face');
  });
});

describe('a look where there is no camera', () => {
  const view = { projection: new Matrix4(), coveredShare: 0 };

  it('shows what no bust could carry by itself while it is looked at, and nothing else meanwhile', () => {
    const look = new WornLook(new Group(), shadow);
    let [told, forgotten]: [string[], string[]] = [[], []];
    const pieceThatTells = (url: string, isShownAlone: boolean): WornPiece => {
      const tells: Partial<WornPiece> = {
        isShownAlone,
        model: { extras: { category: 'bag' } } as WornPiece['model'],
        follow: () => told.push(`${url} worn`),
        showAlone: () => told.push(`${url} alone`),
        forgetPlace: () => forgotten.push(url),
        noticePlace: () => null,
        noticeHair: () => null,
      };
      return Object.assign(pieceOf(url, null), tells);
    };
    look.putOn(pieceThatTells('hat', false));
    look.putOn(pieceThatTells('bag', true));
    const frame = (looked: string, showsCamera: boolean): void => {
      [told, forgotten] = [[], []];
      look.arrange(['hat', 'bag'].map((url) => ({ url, looked: url === looked })));
      const deaf = (): undefined => undefined;
      look.follow(people, 0, view, showsCamera, { onPlaced: deaf, onHidden: deaf });
    };
    frame('hat', false);
    expect([look.isAlone, told, forgotten]).toEqual([false, ['hat worn', 'bag worn'], []]);
    frame('bag', false);
    expect([look.isAlone, told, forgotten]).toEqual([true, ['bag alone'], ['hat', 'bag']]);
    frame('bag', false);
    expect(forgotten).toEqual([]);
    frame('bag', true);
    expect([told, forgotten]).toEqual([
      ['hat worn', 'bag worn'],
      ['hat', 'bag'],
    ]);
    look.takeOff('bag');
    expect(look.isAlone).toBe(false);
  });
});
