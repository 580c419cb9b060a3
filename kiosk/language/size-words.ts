import type { Locale } from '../../protocol/ids.ts';
import type { Category, KnownCategory, Piece } from '../../protocol/product.ts';
import type { MessageId } from './en.ts';
import type { Say } from './words.ts';

/** The sizes by which a piece is sold, as one line; empty for a category of a house's own, whose sizes have no words here. */
export function sizeWords(piece: Piece, say: Say, locale: Locale): string {
  const number = new Intl.NumberFormat(locale);
  const mm = (valueMm: number): string => number.format(valueMm);
  switch (piece.category) {
    case 'eyewear': {
      const { lensWidthMm, bridgeWidthMm, templeLengthMm, frameWidthMm } = piece.dimensions;
      return say('closer.size.eyewear', {
        lens: mm(lensWidthMm),
        bridge: mm(bridgeWidthMm),
        temple: mm(templeLengthMm),
        width: mm(frameWidthMm),
      });
    }
    case 'hat': {
      const { headCircumferenceMm, crownHeightMm, brimWidthMm } = piece.dimensions;
      const head = mm(headCircumferenceMm / 10);
      if (brimWidthMm === undefined) return say('closer.size.cap', { head });
      return say('closer.size.hat', { head, crown: mm(crownHeightMm), brim: mm(brimWidthMm) });
    }
    case 'earrings':
      return say('closer.size.earrings', {
        length: mm(piece.dimensions.lengthMm),
        width: mm(piece.dimensions.widthMm),
      });
    case 'necklace': {
      const { chainLengthMm, shortestMm } = piece.dimensions;
      if (shortestMm === undefined) return say('closer.size.necklace', { length: mm(chainLengthMm) });
      return say('closer.size.necklace.two', { shortest: mm(shortestMm), length: mm(chainLengthMm) });
    }
    case 'ring': {
      const { bandWidthMm, leastSizeEu, greatestSizeEu } = piece.dimensions;
      return say('closer.size.ring', {
        band: mm(bandWidthMm),
        least: mm(leastSizeEu),
        greatest: mm(greatestSizeEu),
      });
    }
    case 'bracelet': {
      const { innerWidthMm, innerHeightMm, lengthMm } = piece.dimensions;
      if (lengthMm !== undefined) return say('closer.size.bracelet', { length: mm(lengthMm) });
      if (innerWidthMm === undefined || innerHeightMm === undefined) return '';
      return say('closer.size.bangle', { width: mm(innerWidthMm), height: mm(innerHeightMm) });
    }
    case 'watch': {
      const { caseDiameterMm, thicknessMm, wristLeastMm, wristMostMm } = piece.dimensions;
      return say('closer.size.watch', {
        diameter: mm(caseDiameterMm),
        thickness: mm(thicknessMm),
        least: mm(wristLeastMm / 10),
        most: mm(wristMostMm / 10),
      });
    }
    case 'bag': {
      const { widthMm, heightMm, depthMm, handleDropMm, strapLengthMm } = piece.dimensions;
      const body = say('closer.size.bag', { width: mm(widthMm), height: mm(heightMm), depth: mm(depthMm) });
      const carried =
        strapLengthMm === undefined
          ? handleDropMm && say('closer.size.bag.handle', { drop: mm(handleDropMm) })
          : say('closer.size.bag.strap', { length: mm(strapLengthMm) });
      return carried ? `${body} ${carried}` : body;
    }
    case 'makeup':
      return say('closer.size.makeup', { length: mm(piece.dimensions.lengthMm) });
    default:
      return '';
  }
}

const kinds: Readonly<Record<KnownCategory, MessageId>> = {
  eyewear: 'kind.eyewear',
  hat: 'kind.hat',
  earrings: 'kind.earrings',
  necklace: 'kind.necklace',
  ring: 'kind.ring',
  bracelet: 'kind.bracelet',
  watch: 'kind.watch',
  bag: 'kind.bag',
  makeup: 'kind.makeup',
};

/** What a house's own category is called is the house's; here it has the name without its mark. */
export function kindWords(category: Category, say: Say): string {
  const known = Object.hasOwn(kinds, category) ? kinds[category as KnownCategory] : null;
  return known === null ? category.replace('x-', '') : say(known);
}
