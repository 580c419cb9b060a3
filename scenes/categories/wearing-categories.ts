import type { Category, KnownCategory, OwnCategory } from '../../protocol/product.ts';
import { PieceError } from '../models/piece-error.ts';
import { bag } from './bag.ts';
import { bracelet } from './bracelet.ts';
import { earrings } from './earrings.ts';
import { eyewear } from './eyewear.ts';
import { hat } from './hat.ts';
import { makeup } from './makeup.ts';
import { necklace } from './necklace.ts';
import { ring } from './ring.ts';
import { watch } from './watch.ts';
import type { WearingCategory } from './wearing.ts';

/** How pieces of the kit's categories are worn. */
const known: Partial<Record<KnownCategory, WearingCategory>> = {
  eyewear,
  hat,
  earrings,
  necklace,
  ring,
  bracelet,
  watch,
  bag,
  makeup,
};
const own = new Map<Category, WearingCategory>();

/**
 * Teaches the scenes a house's own category, for every stage of this page; a category of the kit cannot be replaced. Taught twice,
 * the newer holds for pieces put on from then on.
 */
export function registerCategory(name: OwnCategory, category: WearingCategory): void {
  own.set(name, category);
}

/** How pieces of a category are worn. @throws PieceError `category-unknown` */
export function wearingCategory(name: Category): WearingCategory {
  const category = Object.hasOwn(known, name) ? known[name as KnownCategory] : own.get(name);
  if (category === undefined)
    throw new PieceError(
      'category-unknown',
      `No scene has learnt how a piece of the category ${name} is worn.`,
    );
  return category;
}
