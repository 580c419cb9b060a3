import type { Page } from 'playwright-core';
import type { Category } from '../../protocol/product.ts';
import { quaternionFromYawPitchRoll } from '../../sdk/geometry/pose-algebra.ts';
import { viewsOf } from '../../gallery/views.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { noPairs, rowOf, type Pairs } from './pairs.ts';
import { runOnVisitor } from './filming.ts';
import { headAt, usualFilm } from './films.ts';
import type { OcclusionOutcome, VisitorPicture } from './page/main.ts';

const pictures = 6;
const yaws = [-40, -25, -10, 0, 10, 25, 40] as const;
const pitches = [-12, 0, 12] as const;
const leastWidthPx = 512;
const degree = Math.PI / 180;
/** Each of the gallery's poses, and turned to both sides. */
const turns = [-16, 0, 16] as const;

/** What is worn by a head, and by the rest of a body. */
const onHeads = {
  eyewear: ['norde/pieces/meridian-58.glb', 'norde/pieces/fjord-51.glb', 'aurelle/pieces/halo-54.glb'],
  hat: ['norde/pieces/bothy.glb', 'norde/pieces/skive.glb'],
  earrings: ['aurelle/pieces/cascade.glb', 'aurelle/pieces/lueur.glb'],
} as const;
const onBodies = {
  necklace: ['aurelle/pieces/fil.glb'],
  ring: ['aurelle/pieces/aube.glb', 'aurelle/pieces/aube-pave.glb'],
  bracelet: ['aurelle/pieces/maille.glb'],
  watch: ['aurelle/pieces/heure-31.glb', 'norde/pieces/nord-39.glb'],
  bag: ['norde/pieces/lund.glb'],
} as const;
const urlOf = (piece: string): string => `/collections/${piece}`;
const nameOf = (piece: string): string => /([a-z0-9-]+)\.glb$/.exec(piece)?.[1] ?? piece;

/**
 * How well the client's own body hides what lies behind it. Of the whole visible product, intersection over union with what
 * the true body leaves of it; both at one pose, so that only the hiding is measured: the head's as it was tracked, hand and
 * shoulders as they are. A necklace lies on the visitor's jersey, which hides nothing of it. Reference: no occluder.
 */
export function runOcclusion(): Promise<BenchResult> {
  return runOnVisitor('occlusion', 'no occluder', async (page) => {
    const found = new Map<string, Pairs>();
    const widest = new Map<string, number>();
    await wearOnHeads(page, (piece, outcome) => note(found, widest, piece, outcome));
    for (const [category, worn] of Object.entries(onBodies)) {
      for (const picture of posesOf(category as keyof typeof onBodies)) {
        const seen = await page.evaluate(
          ([film, urls]) => globalThis.window.visitor.occlude(film, urls, 'body'),
          [{ ...usualFilm, pictures: [picture] }, worn.map(urlOf)] as const,
        );
        for (const [at, outcome] of seen.entries()) note(found, widest, worn[at] ?? '', outcome);
      }
    }
    if (onHeads.eyewear.some((piece) => (widest.get(piece) ?? 0) < leastWidthPx)) {
      throw new Error(`A frame is less than ${leastWidthPx} pixels wide.`);
    }
    const all = [...Object.entries(onHeads), ...Object.entries(onBodies)];
    const everything = all.flatMap(([, worn]) => worn);
    return [
      rowOf('all, median', 'IoU', joined(found, everything), 0.5, '≥ 0.95'),
      rowOf('all, worst twentieth', 'IoU', joined(found, everything), 0.05, '≥ 0.95'),
      ...all.flatMap(([category, worn]) => rowsOf(category, worn, found, widest)),
    ];
  });
}

type Note = (piece: string, outcome: OcclusionOutcome) => void;

async function wearOnHeads(page: Page, noteOne: Note): Promise<void> {
  const worn = Object.values(onHeads).flat();
  for (const yaw of yaws) {
    for (const pitch of pitches) {
      const film = {
        ...usualFilm,
        pictures: Array.from({ length: pictures }, (_, at) => ({
          pose: headAt((yaw * (at + 1)) / pictures, (pitch * (at + 1)) / pictures, 0, [0, 0, -400] as const),
        })),
      };
      const seen = await page.evaluate(
        ([played, urls]) => globalThis.window.visitor.occlude(played, urls, 'head'),
        [film, worn.map(urlOf)] as const,
      );
      for (const [at, outcome] of seen.entries()) noteOne(worn[at] ?? '', outcome);
    }
  }
}

function posesOf(category: Category): VisitorPicture[] {
  return viewsOf(category).flatMap(({ cameraFromHead, hand }) =>
    turns.map((turn): VisitorPicture => {
      if (hand !== null) {
        return { pose: cameraFromHead, hand: { ...hand, yawRad: hand.yawRad + turn * degree } };
      }
      const rotation = quaternionFromYawPitchRoll(turn * degree, 0, 0);
      return { pose: { ...cameraFromHead, rotation } };
    }),
  );
}

function note(
  found: Map<string, Pairs>,
  widest: Map<string, number>,
  piece: string,
  { ours, reference, widthPx }: OcclusionOutcome,
): void {
  // Where nothing of a piece lies in the picture, nothing is compared.
  if (widthPx === 0) return;
  const pairs = found.get(piece) ?? noPairs();
  found.set(piece, pairs);
  pairs.ours.push(ours);
  pairs.reference.push(reference);
  widest.set(piece, Math.max(widest.get(piece) ?? 0, widthPx));
}

function joined(found: ReadonlyMap<string, Pairs>, pieces: readonly string[]): Pairs {
  const some = pieces.flatMap((piece) => found.get(piece) ?? []);
  return {
    ours: some.flatMap(({ ours }) => ours),
    reference: some.flatMap(({ reference }) => reference),
  };
}

function rowsOf(
  category: string,
  worn: readonly string[],
  found: ReadonlyMap<string, Pairs>,
  widest: ReadonlyMap<string, number>,
): BenchRow[] {
  const wide = (piece: string): string => `up to ${widest.get(piece) ?? 0} px wide`;
  return [
    rowOf(`${category}, median`, 'IoU', joined(found, worn), 0.5, '≥ 0.95'),
    rowOf(`${category}, worst twentieth`, 'IoU', joined(found, worn), 0.05, '≥ 0.95'),
    ...worn.map((piece) => ({
      ...rowOf(`${category}, ${nameOf(piece)}, median`, 'IoU', joined(found, [piece]), 0.5),
      note: wide(piece),
    })),
  ];
}
