import type { Category } from '../../protocol/product.ts';
import { eyewear } from './eyewear.ts';
import type { WearingCategory } from './wearing.ts';

/** Every category with how it is worn; the compiler asks for a line here when `protocol/product.ts` gains a row. */
export const wearingCategories: Readonly<Record<Category, WearingCategory>> = { eyewear };
