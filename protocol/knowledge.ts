import * as z from 'zod/mini';
import { MaisonId, PieceId, VariantId, Words } from './ids.ts';
import type { Catalogue } from './product.ts';

/** A sentence or a few, in every language, short enough to be read beside a client. */
const fewWords = (most: number) =>
  Words.check(
    z.refine(({ en, fr }) => Math.max(en.length, fr.length) <= most, {
      error: `at most ${most} characters in each language`,
    }),
  );

/** What an advisor knows of one piece beyond what the catalogue tells the client. Its story, materials and care are the catalogue's. */
export const PieceKnowledge = z.strictObject({
  pieceId: PieceId,
  /** How it is made. */
  craft: fewWords(400),
  /** How it is shown to a client, one gesture after the other. */
  present: z.array(fewWords(200)).check(z.minLength(1), z.maxLength(5)),
  /** What clients ask, and what is true. */
  asked: z
    .array(z.strictObject({ question: fewWords(120), answer: fewWords(320) }))
    .check(z.minLength(1), z.maxLength(5)),
  /** What goes with it, in which finish, and why. */
  goesWith: z
    .array(
      z.strictObject({
        pieceId: PieceId,
        variantId: VariantId,
        /** In which finish beside which finish of this piece, and beside no other; without it, beside all of them as above. */
        beside: z.optional(z.record(VariantId, VariantId)),
        why: fewWords(160),
      }),
    )
    .check(z.maxLength(4)),
});
export type PieceKnowledge = z.infer<typeof PieceKnowledge>;

/** A piece that goes with another, in the finish in which it does. */
export type GoesWith = Pick<PieceKnowledge['goesWith'][number], 'pieceId' | 'variantId' | 'why'>;

/** What goes with a piece in the finish that is worn; all of it where none is (null). */
export function goesWithIn({ goesWith }: PieceKnowledge, worn: VariantId | null): readonly GoesWith[] {
  return goesWith.flatMap(({ pieceId, variantId, beside, why }): readonly GoesWith[] => {
    const finish = worn === null || beside === undefined ? variantId : beside[worn];
    return finish === undefined ? [] : [{ pieceId, variantId: finish, why }];
  });
}

/** `knowledge.json` beside a catalogue: for advisors, and public as everything beside a catalogue is. */
export const Knowledge = z.strictObject({
  schemaVersion: z.literal(1),
  maisonId: MaisonId,
  pieces: z.array(PieceKnowledge),
});
export type Knowledge = z.infer<typeof Knowledge>;

/** What does not fit its catalogue, each in one line; none where all is well. */
export function knowledgeFaults(knowledge: Knowledge, catalogue: Catalogue): readonly string[] {
  const has = (pieceId: string, variantId?: string): boolean =>
    catalogue.pieces.some(
      ({ id, variants }) =>
        id === pieceId && (variantId === undefined || variants.some((variant) => variant.id === variantId)),
    );
  const told = knowledge.pieces.map(({ pieceId }) => pieceId);
  return [
    ...(knowledge.maisonId === catalogue.maisonId
      ? []
      : [`it is of ${knowledge.maisonId}, the catalogue of ${catalogue.maisonId}`]),
    ...told.filter((id, index) => told.indexOf(id) !== index).map((id) => `${id} is told twice`),
    ...told.filter((id) => !has(id)).map((id) => `the catalogue has no ${id}`),
    ...knowledge.pieces.flatMap(({ pieceId, goesWith }) =>
      goesWith
        .filter((other) => other.pieceId === pieceId || !has(other.pieceId, other.variantId))
        .map((other) => `${pieceId} cannot go with ${other.pieceId}.${other.variantId}`),
    ),
    ...knowledge.pieces.flatMap(({ pieceId, goesWith }) =>
      goesWith.flatMap((other) =>
        Object.entries(other.beside ?? {})
          // A piece that is not there at all is told already.
          .filter(
            ([own, finish]) =>
              (has(pieceId) && !has(pieceId, own)) || (has(other.pieceId) && !has(other.pieceId, finish)),
          )
          .map(([own, finish]) => `${pieceId}.${own} cannot go with ${other.pieceId}.${finish}`),
      ),
    ),
  ];
}
