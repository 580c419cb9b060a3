import type { Locale } from '../../protocol/ids.ts';
import type { Piece } from '../../protocol/product.ts';
import { pieceSpeakerOf } from './piece-words.ts';

/** The sizes by which a piece is sold, as one line; empty for a category of a house's own, whose sizes have no words here. */
export function sizeWords(piece: Piece, locale: Locale): string {
  const say = pieceSpeakerOf(locale);
  const number = new Intl.NumberFormat(locale);
  const mm = (valueMm: number): string => number.format(valueMm);
  switch (piece.category) {
    case 'eyewear': {
      const { lensWidthMm, bridgeWidthMm, templeLengthMm, frameWidthMm } = piece.dimensions;
      return say('size.eyewear', {
        lens: mm(lensWidthMm),
        bridge: mm(bridgeWidthMm),
        temple: mm(templeLengthMm),
        width: mm(frameWidthMm),
      });
    }
    case 'hat': {
      const { headCircumferenceMm, crownHeightMm, brimWidthMm } = piece.dimensions;
      const head = mm(headCircumferenceMm / 10);
      if (brimWidthMm === undefined) return say('size.cap', { head });
      return say('size.hat', { head, crown: mm(crownHeightMm), brim: mm(brimWidthMm) });
    }
    case 'earrings':
      return say('size.earrings', {
        length: mm(piece.dimensions.lengthMm),
        width: mm(piece.dimensions.widthMm),
      });
    case 'necklace': {
      const { chainLengthMm, shortestMm } = piece.dimensions;
      if (shortestMm === undefined) return say('size.necklace', { length: mm(chainLengthMm) });
      return say('size.necklace.two', { shortest: mm(shortestMm), length: mm(chainLengthMm) });
    }
    case 'ring': {
      const { bandWidthMm, leastSizeEu, greatestSizeEu } = piece.dimensions;
      return say('size.ring', {
        band: mm(bandWidthMm),
        least: mm(leastSizeEu),
        greatest: mm(greatestSizeEu),
      });
    }
    case 'bracelet': {
      const { innerWidthMm, innerHeightMm, lengthMm } = piece.dimensions;
      if (lengthMm !== undefined) return say('size.bracelet', { length: mm(lengthMm) });
      if (innerWidthMm === undefined || innerHeightMm === undefined) return '';
      return say('size.bangle', { width: mm(innerWidthMm), height: mm(innerHeightMm) });
    }
    case 'watch': {
      const { caseDiameterMm, thicknessMm, wristLeastMm, wristMostMm } = piece.dimensions;
      return say('size.watch', {
        diameter: mm(caseDiameterMm),
        thickness: mm(thicknessMm),
        least: mm(wristLeastMm / 10),
        most: mm(wristMostMm / 10),
      });
    }
    case 'bag': {
      const { widthMm, heightMm, depthMm, handleDropMm, strapLengthMm } = piece.dimensions;
      const body = say('size.bag', { width: mm(widthMm), height: mm(heightMm), depth: mm(depthMm) });
      const carried =
        strapLengthMm === undefined
          ? handleDropMm && say('size.bag.handle', { drop: mm(handleDropMm) })
          : say('size.bag.strap', { length: mm(strapLengthMm) });
      return carried ? `${body} ${carried}` : body;
    }
    case 'makeup':
      return say('size.makeup', { length: mm(piece.dimensions.lengthMm) });
    default:
      return '';
  }
}
