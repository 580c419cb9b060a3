import type { Story } from './story.ts';

/** A fault of a catalogue that its form alone does not show, and where it lies. */
export interface CatalogueFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

interface ListedVariant {
  readonly id: string;
  readonly sku: string;
  readonly gtin: string;
  readonly posterPath?: string | undefined;
}

interface ListedPiece {
  readonly id: string;
  readonly modelPath: string;
  readonly modelLodPath?: string | undefined;
  readonly posterPath?: string | undefined;
  readonly variants: readonly ListedVariant[];
}

interface Listed {
  readonly stories: readonly Story[];
  readonly pieces: readonly ListedPiece[];
}

/** What a catalogue says twice, where it names what it does not have, and where it leads out of its own folder. */
export function* catalogueFaults(catalogue: Listed): Generator<CatalogueFault> {
  yield* pieceFaults(catalogue.pieces);
  yield* storyFaults(catalogue);
  for (const [path, file] of pathsOf(catalogue)) {
    if (!staysWithin(file)) yield { path, message: `"${file}" leads out of the catalogue's folder` };
  }
}

function* pieceFaults(pieces: readonly ListedPiece[]): Generator<CatalogueFault> {
  const skus = new Set<string>();
  for (const [at, { id, variants }] of pieces.entries()) {
    if (pieces.findIndex((other) => other.id === id) < at)
      yield { path: ['pieces', at, 'id'], message: `"${id}" stands there twice` };
    for (const [number, variant] of variants.entries()) {
      const path = ['pieces', at, 'variants', number];
      if (variants.findIndex((other) => other.id === variant.id) < number)
        yield { path: [...path, 'id'], message: `"${variant.id}" stands there twice` };
      if (skus.has(variant.sku)) yield { path: [...path, 'sku'], message: `"${variant.sku}" is sold twice` };
      skus.add(variant.sku);
      if (!hasCheckDigit(variant.gtin))
        yield { path: [...path, 'gtin'], message: `"${variant.gtin}" has a wrong check digit` };
    }
  }
}

/** GS1 General Specifications, 7.9: weights 1 and 3 by turns, to a whole ten. */
function hasCheckDigit(gtin: string): boolean {
  const sum = Array.from(gtin, Number).reduce((all, digit, at) => all + digit * (at % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** What a story says that its house does not have, or says twice. */
function* storyFaults({ stories, pieces }: Listed): Generator<CatalogueFault> {
  for (const [at, { id, chapters }] of stories.entries()) {
    const story = ['stories', at];
    if (stories.findIndex((other) => other.id === id) < at)
      yield { path: [...story, 'id'], message: `"${id}" is told twice` };
    for (const [number, chapter] of chapters.entries()) {
      const path = [...story, 'chapters', number];
      if (chapters.findIndex((other) => other.id === chapter.id) < number)
        yield { path: [...path, 'id'], message: `"${chapter.id}" is told twice` };
      for (const [place, { pieceId, variantId }] of chapter.pieces.entries()) {
        const piece = pieces.find((candidate) => candidate.id === pieceId);
        if (!piece?.variants.some((variant) => variant.id === variantId))
          yield { path: [...path, 'pieces', place], message: `there is no ${pieceId} in ${variantId}` };
      }
    }
  }
}

/** Every file that a catalogue names, with the key that names it. */
export function* pathsOf({
  stories,
  pieces,
}: Listed): Generator<readonly [path: readonly (string | number)[], file: string]> {
  for (const [at, piece] of pieces.entries()) {
    yield [['pieces', at, 'modelPath'], piece.modelPath];
    if (piece.modelLodPath !== undefined) yield [['pieces', at, 'modelLodPath'], piece.modelLodPath];
    if (piece.posterPath !== undefined) yield [['pieces', at, 'posterPath'], piece.posterPath];
    for (const [number, { posterPath }] of piece.variants.entries()) {
      if (posterPath !== undefined) yield [['pieces', at, 'variants', number, 'posterPath'], posterPath];
    }
  }
  for (const [at, { cover, chapters }] of stories.entries()) {
    yield [['stories', at, 'cover', 'path'], cover.path];
    for (const [number, { picture }] of chapters.entries()) {
      yield [['stories', at, 'chapters', number, 'picture', 'path'], picture.path];
    }
  }
}

/** An address that begins with a slash, or with two, is another folder's or another host's. */
function staysWithin(file: string): boolean {
  return file.split('/').every((part) => part !== '' && part !== '..');
}
