import { BufferAttribute, BufferGeometry, DynamicDrawUsage, Mesh, type ShaderMaterial } from 'three';
import * as z from 'zod/mini';
import { MakeupFit, type MakeupShade } from '../../protocol/piece-extras.ts';
import { renderOrders } from '../stage/render-orders.ts';
import { createFacePaint, createFacePaintUniforms, type FacePaintUniforms } from '../surface/face-paint.ts';
import {
  bandRamps,
  lightMarks,
  makeupMask,
  mouthOpenMm,
  placeCheeks,
  type MakeupMask,
  type MakeupRegion,
} from './makeup-mask.ts';
import { placeNode } from './place-node.ts';
import type { FaceSurface, Wearer, Wearing, WearingCategory, WornNodes } from './wearing.ts';

const numbersPerMesh = 468 * 3;
/** Beside the bust and before it, from the head's middle. */
const counterMm = [88, -62, 150] as const;
/** What the stage reads of a colour: as little as it needs. */
const WornColour = z.object({ region: MakeupFit.shape.region, shades: MakeupFit.shape.shades });
type WornColour = z.infer<typeof WornColour>;

/**
 * Between these openings of the lips what lies between them ceases to be lip, and their inner edge becomes one that must stay clear of
 * the teeth. The network tells shut lips up to the first apart.
 */
const closedMm = 1.4;
const openMm = 3;

/** (what is left of the skin's highlights, strength of the gloss, its sharpness). */
const finishes: Readonly<Record<MakeupShade['finish'], readonly [number, number, number]>> = {
  matte: [0.3, 0, 1],
  satin: [0.7, 0.045, 18],
  gloss: [1.15, 0.34, 46],
};

/** Wax on a lip shines in points; mica in a powder glows over a whole lid or cheek: shares of the gloss and of its sharpness. */
const shine: Readonly<Record<MakeupRegion, readonly [gloss: number, sharpness: number]>> = {
  lips: [1, 1],
  cheeks: [0.3, 0.4],
  eyes: [0.22, 0.25],
};

/** A colour on lips, cheeks or lids, in the shade of the worn variant. What it comes in is shown only where there is no skin. */
export const makeup: WearingCategory = {
  needs: ['face'],
  shadow: null,
  prepare: (nodes) => new WornMakeup(nodes),
};

class WornMakeup implements Wearing {
  readonly fade = null;
  readonly #root: WornNodes['root'];
  /** What the colour comes in. */
  readonly #object: WornNodes['instance'];
  readonly #colour: WornColour | null;
  readonly #paint: Paint | null;
  #shade: MakeupShade | null = null;

  constructor({ root, instance, extras, face, presence }: WornNodes) {
    this.#root = root;
    this.#object = instance;
    instance.visible = false;
    const fit = WornColour.safeParse(extras?.fit);
    this.#colour = fit.success ? fit.data : null;
    this.#paint =
      this.#colour === null || face === undefined
        ? null
        : new Paint(this.#colour.region, face, presence ?? { value: 1 });
    if (this.#paint !== null) root.add(this.#paint.mesh);
    const [first] = Object.keys(this.#colour?.shades ?? {});
    if (first !== undefined) this.setVariant(first);
  }

  follow({ face }: Wearer): number {
    if (face === null) return 0;
    const paint = this.#paint;
    if (paint === null) return face.confidence;
    placeNode(this.#root, face.cameraFromAnchor.head);
    const isOnSkin = paint.hasPicture;
    this.#object.visible = !isOnSkin;
    if (!isOnSkin) this.#stand();
    paint.mesh.visible = this.#shade !== null && paint.takes(face.skinMm ?? face.headMeshMm);
    return face.confidence;
  }

  /** Where there is no skin to lay a colour on, what it comes in stands on the counter, and does not turn with the bust. */
  #stand(): void {
    const [x, y, z] = counterMm;
    this.#root.quaternion.identity();
    this.#root.position.set(this.#root.position.x + x, this.#root.position.y + y, this.#root.position.z + z);
  }

  forgetFit(): void {
    // A colour lies on whichever face is there.
  }

  /** A variant without a shade is no colour: nothing is laid on. */
  setVariant(name: string): void {
    const shades = this.#colour?.shades ?? {};
    this.#shade = Object.hasOwn(shades, name) ? (shades[name] ?? null) : null;
    if (this.#paint === null) return;
    if (this.#shade === null) this.#paint.mesh.visible = false;
    else this.#paint.setShade(this.#shade);
  }

  dispose(): void {
    this.#paint?.dispose();
  }
}

/** The region's part of the face mesh, drawn in the colour. */
class Paint {
  readonly mesh: Mesh<BufferGeometry, ShaderMaterial>;
  readonly #region: MakeupRegion;
  readonly #face: FaceSurface;
  readonly #mask: MakeupMask;
  readonly #uniforms: FacePaintUniforms = createFacePaintUniforms();
  readonly #positions = new BufferAttribute(new Float32Array(numbersPerMesh), 3).setUsage(DynamicDrawUsage);
  readonly #normals = new BufferAttribute(new Float32Array(numbersPerMesh), 3).setUsage(DynamicDrawUsage);
  #triangles: Uint16Array | null = null;

  constructor(region: MakeupRegion, face: FaceSurface, presence: { value: number }) {
    this.#region = region;
    this.#face = face;
    this.#mask = makeupMask(region);
    const geometry = new BufferGeometry();
    geometry.setAttribute('position', this.#positions);
    geometry.setAttribute('normal', this.#normals);
    geometry.setAttribute('band', new BufferAttribute(this.#mask.bands, 2));
    const material = createFacePaint(
      { cover: coverGlsl(region), isFolded: region === 'lips' },
      this.#uniforms,
      face.picture,
      presence,
    );
    this.mesh = new Mesh(geometry, material);
    this.mesh.name = `makeup_${region}`;
    this.mesh.renderOrder = renderOrders.makeup;
    this.mesh.frustumCulled = false;
    this.mesh.visible = false;
  }

  setShade({ color, opacity, finish }: MakeupShade): void {
    this.#uniforms.shade.value.fromArray(color);
    this.#uniforms.opacity.value = opacity;
    const [highlights, gloss, sharpness] = finishes[finish];
    const [glossShare, sharpnessShare] = shine[this.#region];
    this.#uniforms.finish.value.set(highlights, gloss * glossShare, sharpness * sharpnessShare);
  }

  /** Whether there is a camera picture at all. */
  get hasPicture(): boolean {
    return Boolean(this.#face.picture.picture.value.image);
  }

  /** Takes a frame's skin; false where there is no mesh or no picture to lay a colour on. */
  takes(skinMm: Float32Array): boolean {
    if (skinMm.length !== numbersPerMesh || !this.hasPicture) return false;
    const triangles = (this.#triangles ??= this.#cut());
    if (triangles === null) return false;
    this.#positions.array.set(skinMm);
    this.#positions.needsUpdate = true;
    writeNormals(skinMm, triangles, this.#normals.array);
    this.#normals.needsUpdate = true;
    const { marks, open, cheekMiddles, cheekAxes } = this.#uniforms;
    const numbers = lightMarks[this.#region];
    for (let at = 0; at < marks.value.length; at += 1) {
      marks.value[at]?.fromArray(skinMm, (numbers[at] ?? 0) * 3);
    }
    if (this.#region === 'cheeks') placeCheeks(skinMm, cheekMiddles.value, cheekAxes.value);
    open.value = Math.min(1, Math.max(0, (mouthOpenMm(skinMm) - closedMm) / (openMm - closedMm)));
    return true;
  }

  dispose(): void {
    this.mesh.geometry.dispose();
    this.mesh.material.dispose();
    this.mesh.removeFromParent();
  }

  /** The triangles of the face that the colour can lie on, once the tracker has told them. */
  #cut(): Uint16Array | null {
    const all = this.#face.triangles();
    if (all === null || all.length === 0) return null;
    const kept: number[] = [];
    for (let at = 0; at + 2 < all.length; at += 3) {
      const [a, b, c] = [all[at] ?? 0, all[at + 1] ?? 0, all[at + 2] ?? 0];
      if (this.#mask.keeps(a, b, c)) kept.push(a, b, c);
    }
    const triangles = Uint16Array.from(kept);
    this.mesh.geometry.setIndex(new BufferAttribute(triangles, 1));
    return triangles;
  }
}

/** Sums of the triangles' normals at each vertex, weighted by their areas; the shader makes them units. */
function writeNormals(positions: Float32Array, triangles: Uint16Array, normals: ArrayLike<number>): void {
  const out = normals as Float32Array;
  out.fill(0);
  for (let at = 0; at < triangles.length; at += 3) {
    const a = (triangles[at] ?? 0) * 3;
    const b = (triangles[at + 1] ?? 0) * 3;
    const c = (triangles[at + 2] ?? 0) * 3;
    const ax = positions[a] ?? 0;
    const ay = positions[a + 1] ?? 0;
    const az = positions[a + 2] ?? 0;
    const ux = (positions[b] ?? 0) - ax;
    const uy = (positions[b + 1] ?? 0) - ay;
    const uz = (positions[b + 2] ?? 0) - az;
    const vx = (positions[c] ?? 0) - ax;
    const vy = (positions[c + 1] ?? 0) - ay;
    const vz = (positions[c + 2] ?? 0) - az;
    const nx = uy * vz - uz * vy;
    const ny = uz * vx - ux * vz;
    const nz = ux * vy - uy * vx;
    for (let corner = 0; corner < 3; corner += 1) {
      const i = corner === 0 ? a : corner === 1 ? b : c;
      out[i] = (out[i] ?? 0) + nx;
      out[i + 1] = (out[i + 1] ?? 0) + ny;
      out[i + 2] = (out[i + 2] ?? 0) + nz;
    }
  }
}

const ramp = ([from, to]: readonly [number, number]): string =>
  `smoothstep(${from.toFixed(3)}, ${to.toFixed(3)}, band.x)`;

/** GLSL of how much of a region's colour lies at a place. */
function coverGlsl(region: MakeupRegion): string {
  switch (region) {
    case 'lips':
      return /* glsl */ `float cover(vec2 band, vec3 mm) {
  // In the corners all rings meet, and none of them is broad enough to be soft.
  return smoothstep(0.0, 0.12, band.y) * ${ramp(bandRamps.lips.in)} * (1.0 - open * ${ramp(bandRamps.lips.out)});
}`;
    case 'eyes':
      return /* glsl */ `float cover(vec2 band, vec3 mm) {
  return smoothstep(0.0, 1.0, band.y) * ${ramp(bandRamps.eyes.in)} * (1.0 - ${ramp(bandRamps.eyes.out)});
}`;
    case 'cheeks':
      return /* glsl */ `float cover(vec2 band, vec3 mm) {
  float most = 0.0;
  for (int side = 0; side < 2; side++) {
    vec3 from = mm - cheekMiddles[side];
    float along = dot(from, cheekAxes[side]);
    float beside = length(from - along * cheekAxes[side]);
    // Drawn out towards the temple, and gone in a soft bell.
    float far = length(vec2(along / (along > 0.0 ? 44.0 : 29.0), beside / 23.0));
    most = max(most, exp(-2.4 * far * far) * (1.0 - smoothstep(0.7, 1.4, far)));
  }
  return most;
}`;
  }
}
