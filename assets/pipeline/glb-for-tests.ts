import { Document, NodeIO, type Node } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import sharp from 'sharp';

/** What a pair of spectacles says of how it is worn. */
export const extras = {
  schemaVersion: 1,
  category: 'eyewear',
  anchor: 'noseBridge',
  wornFrame: { translationMm: [0, 0, 0], rotation: [0, 0, 0, 1] },
  fit: {
    lensWidthMm: 51,
    lensHeightMm: 38,
    bridgeWidthMm: 19,
    templeLengthMm: 145,
    frameWidthMm: 140,
    pantoscopicDeg: 9,
    wrapDeg: 5,
  },
  moving: [{ node: 'temple_left', joint: 'hinge', axis: [0, 1, 0], limits: [-90, 8] }],
  engraveable: [],
};

/** How a model for a test differs from a sound pair of spectacles. */
export interface Wanted {
  readonly vitrine?: unknown;
  readonly depth?: number;
  readonly triangles?: number;
  readonly texturePx?: number;
  readonly picture?: 'svg';
  readonly normal?: readonly [number, number, number];
  /** Across all that it draws; spectacles of 140 mm unless told. */
  readonly widthM?: number;
  readonly parts?: readonly string[];
  /** False: the file does not say which of its scenes it shows. */
  readonly namesScene?: false;
  readonly variants?: readonly string[];
}

/** A pair of spectacles of as few triangles as wanted. */
export async function spectacles(wanted: Wanted = {}): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const accessor = (type: 'VEC3', values: number[]): ReturnType<Document['createAccessor']> =>
    document.createAccessor().setBuffer(buffer).setType(type).setArray(new Float32Array(values));
  const normal = wanted.normal ?? [0, 0, 1];
  const widthM = wanted.widthM ?? 0.14;
  const primitive = document
    .createPrimitive()
    .setAttribute('POSITION', accessor('VEC3', [0, 0, 0, widthM, 0, 0, 0, 0.01, -widthM]))
    .setAttribute('NORMAL', accessor('VEC3', [...normal, ...normal, ...normal]))
    .setIndices(
      document
        .createAccessor()
        .setBuffer(buffer)
        .setArray(new Uint16Array(Array.from({ length: 3 * (wanted.triangles ?? 1) }, (_, at) => at % 3))),
    );
  if (wanted.texturePx !== undefined) {
    const side = wanted.texturePx;
    const image =
      wanted.picture === 'svg'
        ? Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="8"/>`)
        : await sharp({ create: { width: side, height: 8, channels: 3, background: '#844' } })
            .png()
            .toBuffer();
    const uv = document.createAccessor().setBuffer(buffer).setType('VEC2').setArray(new Float32Array(6));
    const texture = document.createTexture('t').setImage(new Uint8Array(image)).setMimeType('image/png');
    primitive
      .setAttribute('TEXCOORD_0', uv)
      .setMaterial(document.createMaterial().setBaseColorTexture(texture));
  }
  const temple = document.createNode('temple_left').setMesh(document.createMesh().addPrimitive(primitive));
  let inner = temple;
  for (let i = 0; i < (wanted.depth ?? 0); i += 1) {
    inner = document.createNode(`n${i}`).addChild(inner);
  }
  const root = document
    .createNode('piece')
    .addChild(inner)
    .setExtras({ vitrine: wanted.vitrine ?? extras });
  for (const name of wanted.parts ?? ['temple_right']) root.addChild(document.createNode(name));
  const scene = document.createScene().addChild(root);
  if (wanted.namesScene !== false) document.getRoot().setDefaultScene(scene);
  return written(document, wanted.variants ?? ['tortoise']);
}

/** A ring's band, a strip of 16.55 mm inside, with what a test changes about it. */
export async function ring(change: (document: Document, root: Node) => void = () => {}): Promise<Uint8Array> {
  const document = new Document();
  const buffer = document.createBuffer();
  const places: number[] = [];
  const corners: number[] = [];
  const steps = 24;
  for (let step = 0; step < steps; step += 1) {
    const angle = (2 * Math.PI * step) / steps;
    for (const y of [-0.001, 0.001]) places.push(0.008275 * Math.sin(angle), y, 0.008275 * Math.cos(angle));
    const [at, next] = [2 * step, 2 * ((step + 1) % steps)];
    corners.push(at, next, at + 1, next, next + 1, at + 1);
  }
  const position = document.createAccessor().setBuffer(buffer).setType('VEC3');
  const indices = document.createAccessor().setBuffer(buffer).setArray(new Uint16Array(corners));
  const strip = document
    .createPrimitive()
    .setAttribute('POSITION', position.setArray(new Float32Array(places)))
    .setIndices(indices);
  const band = document.createNode('band').setMesh(document.createMesh().addPrimitive(strip));
  const fit = { innerDiameterMm: 16.55, bandWidthMm: 2, leastSizeEu: 48, greatestSizeEu: 60 };
  const root = document.createNode('piece').addChild(band);
  root.setExtras({ vitrine: { ...extras, category: 'ring', anchor: 'finger', fit, moving: [] } });
  document.getRoot().setDefaultScene(document.createScene().addChild(root));
  change(document, root);
  return written(document, ['yellow']);
}

async function written(document: Document, names: readonly string[]): Promise<Uint8Array> {
  const bytes = await new NodeIO().registerExtensions(ALL_EXTENSIONS).writeBinary(document);
  const variants = names.map((name) => ({ name }));
  return variants.length === 0
    ? bytes
    : edited(bytes, (json) => {
        json['extensionsUsed'] = [...((json['extensionsUsed'] ?? []) as string[]), 'KHR_materials_variants'];
        json['extensions'] = {
          ...(json['extensions'] as object | undefined),
          KHR_materials_variants: { variants },
        };
      });
}

type Json = Record<string, unknown>;

/** Rewrites the description inside a GLB. */
export function edited(bytes: Uint8Array, edit: (json: Json) => void): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(12, true);
  const json = JSON.parse(new TextDecoder().decode(bytes.subarray(20, 20 + length))) as Json;
  edit(json);
  const text = new TextEncoder().encode(JSON.stringify(json));
  const padded = new Uint8Array(Math.ceil(text.length / 4) * 4).fill(0x20);
  padded.set(text);
  const rest = bytes.subarray(20 + length);
  const out = new Uint8Array(20 + padded.length + rest.length);
  out.set(bytes.subarray(0, 20));
  out.set(padded, 20);
  out.set(rest, 20 + padded.length);
  const written = new DataView(out.buffer);
  written.setUint32(8, out.length, true);
  written.setUint32(12, padded.length, true);
  return out;
}
