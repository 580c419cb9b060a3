import { Catalogue, type Piece, type Variant } from '../../protocol/product.ts';
import { Theme } from '../../protocol/theme.ts';
import { TryOnError } from './try-on-error.ts';

/** What a Maison shows and how it looks. */
export interface Collection {
  readonly catalogue: Catalogue;
  readonly theme: Theme;
  /** The catalogue's folder, from which the paths of its models count. */
  readonly folder: URL;
}

/**
 * Reads a Maison's catalogue and theme from under `base`.
 * @throws TryOnError `collection-unreachable`, `collection-malformed`
 */
export async function readCollection(base: URL, maison: string): Promise<Collection> {
  const folder = new URL(`collections/${encodeURIComponent(maison)}/`, base);
  const [catalogue, theme] = await Promise.all([
    readJson(new URL('catalogue.json', folder)),
    readJson(new URL('theme.json', folder)),
  ]);
  const readCatalogue = Catalogue.safeParse(catalogue);
  const readTheme = Theme.safeParse(theme);
  if (!readCatalogue.success || !readTheme.success) {
    const cause = readCatalogue.error ?? readTheme.error;
    throw new TryOnError('collection-malformed', `The collection of "${maison}" cannot be read.`, { cause });
  }
  return { catalogue: readCatalogue.data, theme: readTheme.data, folder };
}

/** A piece and one of its variants, the first one when none is named. @throws TryOnError `piece-unknown` */
export function findPiece(
  { catalogue }: Collection,
  pieceId: string,
  variantId: string | null,
): { readonly piece: Piece; readonly variant: Variant } {
  const piece = catalogue.pieces.find(({ id }) => id === pieceId);
  if (!piece) throw new TryOnError('piece-unknown', `${catalogue.maisonName} has no piece "${pieceId}".`);
  const variant =
    variantId === null ? piece.variants[0] : piece.variants.find((candidate) => candidate.id === variantId);
  if (!variant) throw new TryOnError('piece-unknown', `"${pieceId}" has no variant "${variantId ?? ''}".`);
  return { piece, variant };
}

async function readJson(url: URL): Promise<unknown> {
  try {
    const response = await fetch(url, { credentials: 'omit' });
    if (!response.ok)
      throw new TryOnError('collection-unreachable', `${url.href} answered ${response.status}.`);
    return await response.json();
  } catch (cause) {
    if (cause instanceof TryOnError) throw cause;
    throw new TryOnError('collection-unreachable', `${url.href} could not be read.`, { cause });
  }
}
