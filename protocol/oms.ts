import * as z from 'zod/mini';
import { MaisonId, Sku, StoreId } from './ids.ts';

/** One level as the embedded OMS counts it, for the operator's command and the OMS page. */
export const OmsLevelRow = z.object({
  maisonId: MaisonId,
  storeId: StoreId,
  storeName: z.string(),
  city: z.string(),
  sku: Sku,
  onHand: z.int().check(z.nonnegative()),
  revision: z.int().check(z.nonnegative()),
});
export type OmsLevelRow = z.infer<typeof OmsLevelRow>;

/** `GET /api/oms/levels`: with the operator's token of every Maison, with a console's token of its own. */
export const OmsLevelsReply = z.object({ levels: z.array(OmsLevelRow) });
export type OmsLevelsReply = z.infer<typeof OmsLevelsReply>;

/** `POST /api/oms/levels`: the house's staff have counted anew. */
export const OmsSetLevelRequest = z.object({
  storeId: StoreId,
  sku: Sku,
  onHand: z.int().check(z.nonnegative(), z.maximum(1_000_000)),
});
export type OmsSetLevelRequest = z.infer<typeof OmsSetLevelRequest>;

/** The level as the OMS now counts it. */
export const OmsSetLevelReply = z.object({ level: OmsLevelRow });
export type OmsSetLevelReply = z.infer<typeof OmsSetLevelReply>;
