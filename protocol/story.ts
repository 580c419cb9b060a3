import * as z from 'zod/mini';
import { PieceId, StoreId, VariantId, Words } from './ids.ts';

const slug = z.string().check(z.regex(/^[a-z0-9]+(?:-[a-z0-9]+){0,7}$/));

/** Meteorological: spring begins on 1 March in the north, on 1 September in the south. */
export const Season = z.enum(['spring', 'summer', 'autumn', 'winter']);
export type Season = z.infer<typeof Season>;

/** A day of every year, `MM-DD`. */
export const YearDay = z
  .string()
  .check(
    z.regex(
      /^(?:(?:0[13578]|1[02])-(?:0[1-9]|[12]\d|3[01])|(?:0[469]|11)-(?:0[1-9]|[12]\d|30)|02-(?:0[1-9]|[12]\d))$/,
    ),
  );
export type YearDay = z.infer<typeof YearDay>;

/** When a story is told: in these seasons of the boutique, and from a day to a day, both counted; over the new year if `to` comes first. */
export const StoryTime = z
  .strictObject({
    seasons: z.optional(z.array(Season).check(z.minLength(1))),
    from: z.optional(YearDay),
    to: z.optional(YearDay),
  })
  .check(
    z.refine(({ from, to }) => (from === undefined) === (to === undefined), {
      error: '`from` and `to` come together',
    }),
  );
export type StoryTime = z.infer<typeof StoryTime>;

/** A picture of a story; `path` is relative to the catalogue file. Upright, and such that its middle square stands alone. */
export const StoryPicture = z.strictObject({
  path: z.string().check(z.regex(/^[a-z0-9/.-]+\.(?:webp|png|jpg)$/)),
  /** What can be seen, for whoever does not see it. */
  alt: Words,
});
export type StoryPicture = z.infer<typeof StoryPicture>;

/** A piece of a chapter, in the finish in which the chapter shows it. */
export const ChapterPiece = z.strictObject({ pieceId: PieceId, variantId: VariantId });
export type ChapterPiece = z.infer<typeof ChapterPiece>;

/** One chapter of a discovery: few pieces, and why they belong together. */
export const Chapter = z.strictObject({
  id: slug,
  title: Words,
  words: Words,
  picture: StoryPicture,
  pieces: z.array(ChapterPiece).check(z.minLength(1), z.maxLength(4)),
});
export type Chapter = z.infer<typeof Chapter>;

/** One story of a house: its chapters in their order, and where and when it is told. */
export const Story = z.strictObject({
  id: slug,
  title: Words,
  /** Few words under the title: how it feels. */
  mood: Words,
  /** Two sentences that open it. */
  words: Words,
  cover: StoryPicture,
  /** Left out: all year. */
  when: z.optional(StoryTime),
  /** Left out: in every boutique. */
  boutiques: z.optional(z.array(StoreId).check(z.minLength(1))),
  chapters: z.array(Chapter).check(z.minLength(1), z.maxLength(9)),
});
export type Story = z.infer<typeof Story>;
