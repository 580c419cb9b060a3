import type { Catalogue, Piece } from '../../protocol/product.ts';
import type { Chapter, Story } from '../../protocol/story.ts';
import type { Worn } from '../../protocol/session.ts';

/** What a client may be about to look at, as far as the mirror knows them. */
export interface WhereClientIs {
  /** What they wear together; what they look at now comes last. Empty before the mirror. */
  readonly look: readonly Worn[];
  /** The story that they opened; null before. */
  readonly storyId: Story['id'] | null;
  /** Page of the story: 0 names the chapters, then the chapters from 1 on. */
  readonly chapter: number;
}

/**
 * What a client is likely to want next, most likely first, without what they have: the next piece of the chapter from which they came;
 * the finishes of the piece they look at; its neighbours in the strip; then the neighbours of what they kept on, and the
 * first piece of every other kind. Before the mirror, the pieces of the page that is open, and the first of the next one.
 */
export function likelyNext(catalogue: Catalogue, { look, storyId, chapter }: WhereClientIs): readonly Worn[] {
  const chapters = catalogue.stories.find(({ id }) => id === storyId)?.chapters ?? [];
  const looksAt = look.at(-1);
  const current = catalogue.pieces.find(({ id }) => id === looksAt?.pieceId);
  const likely =
    current === undefined
      ? ofStory(chapters, chapter)
      : [
          ...nextInChapter(chapters[chapter - 1], current),
          ...finishesOf(current),
          ...neighboursOf(catalogue, current),
          ...look.slice(0, -1).flatMap((kept) => neighboursOf(catalogue, pieceOf(catalogue, kept))),
          ...firstOfKinds(catalogue, look),
        ];
  const had = new Set(look.map(keyOf));
  return likely.filter((worn) => {
    const key = keyOf(worn);
    if (had.has(key)) return false;
    had.add(key);
    return true;
  });
}

function keyOf({ pieceId, variantId }: Worn): string {
  return `${pieceId} ${variantId}`;
}

function pieceOf({ pieces }: Catalogue, { pieceId }: Worn): Piece | undefined {
  return pieces.find(({ id }) => id === pieceId);
}

/** A piece as it is worn first. */
function firstFinish(piece: Piece | undefined): readonly Worn[] {
  return finishesOf(piece).slice(0, 1);
}

function finishesOf(piece: Piece | undefined): readonly Worn[] {
  return piece?.variants.map(({ id }) => ({ pieceId: piece.id, variantId: id })) ?? [];
}

function ofStory(chapters: readonly Chapter[], page: number): readonly Worn[] {
  const [here = [], next = []] = [chapters[page - 1]?.pieces, chapters[page]?.pieces];
  return [...here, ...next.slice(0, 1)];
}

function nextInChapter(chapter: Chapter | undefined, current: Piece): readonly Worn[] {
  const pieces = chapter?.pieces ?? [];
  const at = pieces.findIndex(({ pieceId }) => pieceId === current.id);
  return at < 0 ? [] : pieces.slice(at + 1, at + 2);
}

/** The other pieces of a kind, those beside this one in the strip first. */
function neighboursOf({ pieces }: Catalogue, piece: Piece | undefined): readonly Worn[] {
  const kind = pieces.filter(({ category }) => category === piece?.category);
  const at = kind.findIndex(({ id }) => id === piece?.id);
  const distance = (one: Piece): number => Math.abs(kind.indexOf(one) - at);
  return kind
    .filter((one) => one !== piece)
    .toSorted((one, other) => distance(one) - distance(other))
    .flatMap(firstFinish);
}

/** The first piece of every kind of which nothing is worn. */
function firstOfKinds(catalogue: Catalogue, look: readonly Worn[]): readonly Worn[] {
  const seen = new Set(look.map((worn) => pieceOf(catalogue, worn)?.category));
  return catalogue.pieces.flatMap((piece) => {
    if (seen.has(piece.category)) return [];
    seen.add(piece.category);
    return firstFinish(piece);
  });
}
