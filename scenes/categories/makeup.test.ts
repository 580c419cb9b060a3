import { Group, Mesh, ShaderMaterial, Texture, Vector3, Vector4 } from 'three';
import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../sdk/core/clock.ts';
import type { FaceAnchorName, FaceAnchors } from '../../sdk/anchors/anchor-frame.ts';
import type { Pose } from '../../sdk/geometry/pose.ts';
import type { Wearer, WornNodes } from './wearing.ts';
import { wearingCategory } from './wearing-categories.ts';

const red = { color: [0.4, 0.01, 0.02], opacity: 0.8, finish: 'satin' };
const plum = { color: [0.1, 0.01, 0.03], opacity: 0.9, finish: 'matte' };

function wornBy(headMeshMm: Float32Array): Wearer {
  const at: Pose = { rotation: [0, 0, 0, 1], translationMm: [1, 2, -500] };
  const names: FaceAnchorName[] = [
    'head',
    'noseBridge',
    'leftEar',
    'rightEar',
    'leftEarlobe',
    'rightEarlobe',
  ];
  const face: FaceAnchors = {
    identity: 1,
    confidence: 0.8,
    cameraFromAnchor: Object.fromEntries(names.map((name) => [name, at])) as Record<FaceAnchorName, Pose>,
    headMeshMm,
    scale: { scale: 1, plusMinus: 0, source: 'assumed', samples: 0 },
    pupillaryDistance: null,
    faceWidth: null,
  };
  return { face, hands: [], body: null, capturedAtMs: 0 };
}

const mesh = new Float32Array(468 * 3).map((_, at) => at % 7);
const picture = { width: 4, height: 4 };

interface Told {
  readonly fit?: Record<string, unknown>;
  readonly image?: object | null;
}

function wornColour({ fit = { region: 'lips', shades: { red, plum } }, image = picture }: Told = {}) {
  const nodes: WornNodes = {
    root: new Group(),
    piece: new Group(),
    instance: new Group(),
    extras: { schemaVersion: 1, category: 'makeup', fit },
    clock: new ManualClock(),
    presence: { value: 1 },
    face: {
      triangles: () => [0, 11, 302, 0, 302, 267, 0, 267, 164],
      picture: {
        picture: { value: new Texture(image as never) },
        crop: { value: new Vector4(0, 0, 1, 1) },
        lightTint: { value: new Vector3(1, 1, 1) },
        exposure: { value: 1 },
      },
    },
  };
  const category = wearingCategory('makeup');
  const wearing = category.prepare(nodes);
  const laid = nodes.root.children.find((child) => child instanceof Mesh) as Mesh | undefined;
  const uniforms = laid?.material instanceof ShaderMaterial ? laid.material.uniforms : {};
  const numbersOf = (name: string): unknown => {
    const value: unknown = uniforms[name]?.value;
    return value instanceof Vector3 ? value.toArray() : value;
  };
  return { nodes, wearing, laid, numbersOf };
}

describe('a colour', () => {
  it('lies on the face where the lips are, and what it comes in is not shown', () => {
    const { nodes, wearing, laid } = wornColour();
    expect(wearing.follow(wornBy(mesh))).toBe(0.8);
    expect(nodes.instance.visible).toBe(false);
    expect(laid?.visible).toBe(true);
    expect(nodes.root.position.z).toBe(-500);
    // Of three triangles the one beside the lips is not drawn.
    expect(laid?.geometry.index?.count).toBe(6);
    expect([...(laid?.geometry.getAttribute('position').array ?? [])]).toEqual([...mesh]);
  });

  it('follows the mouth as it is on this picture, and leaves what opens between the lips alone', () => {
    const { wearing, laid, numbersOf } = wornColour();
    const skin = Float32Array.from(mesh);
    skin.set([0, -43, 50], 13 * 3);
    skin.set([0, -44, 50], 14 * 3);
    const { face, ...rest } = wornBy(mesh);
    const spoken = (skinMm: Float32Array): Wearer => ({ ...rest, face: face && { ...face, skinMm } });
    wearing.follow(spoken(skin));
    expect([...(laid?.geometry.getAttribute('position').array ?? [])]).toEqual([...skin]);
    expect(numbersOf('open')).toBe(0);
    const open = Float32Array.from(skin);
    open.set([0, -55, 50], 14 * 3);
    wearing.follow(spoken(open));
    expect(numbersOf('open')).toBe(1);
  });

  it('is nowhere without a face mesh or without a camera picture, though its place is sure', () => {
    const mannequin = wornColour();
    expect(mannequin.wearing.follow(wornBy(new Float32Array()))).toBe(0.8);
    expect(mannequin.laid?.visible).toBe(false);
    const dark = wornColour({ image: null });
    expect(dark.wearing.follow(wornBy(mesh))).toBe(0.8);
    expect(dark.laid?.visible).toBe(false);
    // What it comes in stands on the counter instead, upright and beside the bust.
    expect(dark.nodes.instance.visible).toBe(true);
    expect(dark.nodes.root.position.x).toBeGreaterThan(60);
    expect(dark.nodes.root.quaternion.w).toBe(1);
    expect(dark.wearing.follow({ face: null, hands: [], body: null, capturedAtMs: 0 })).toBe(0);
  });

  it('changes with the variant, and is none in a variant without a shade', () => {
    const { wearing, laid, numbersOf } = wornColour();
    expect(numbersOf('shade')).toEqual(red.color);
    wearing.setVariant?.('plum');
    expect(numbersOf('shade')).toEqual(plum.color);
    expect(numbersOf('opacity')).toBe(0.9);
    expect(numbersOf('finish')).toEqual([0.3, 0, 1]);
    wearing.follow(wornBy(mesh));
    wearing.setVariant?.('constructor');
    expect(laid?.visible).toBe(false);
    wearing.follow(wornBy(mesh));
    expect(laid?.visible).toBe(false);
    wearing.setVariant?.('red');
    wearing.follow(wornBy(mesh));
    expect(laid?.visible).toBe(true);
  });

  it('of which the model tells nothing is not laid on, and stops nobody', () => {
    const { wearing, laid } = wornColour({ fit: { region: 'hair' } });
    expect(laid).toBeUndefined();
    expect(wearing.follow(wornBy(mesh))).toBe(0.8);
    wearing.setVariant?.('red');
    wearing.dispose?.();
  });

  it('frees what it made', () => {
    const { nodes, wearing, laid } = wornColour();
    let freed = 0;
    laid?.geometry.addEventListener('dispose', () => (freed += 1));
    if (laid?.material instanceof ShaderMaterial)
      laid.material.addEventListener('dispose', () => (freed += 1));
    wearing.dispose?.();
    expect(freed).toBe(2);
    expect(nodes.root.children).toHaveLength(0);
  });
});
