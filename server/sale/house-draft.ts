import type { Answer, SoldLine } from '../../protocol/index.ts';
import type { OmsConnector, OmsId, OmsOrder, OrderUpdate } from '../../protocol/connector/index.ts';
import { done, refuse } from '../core/answers.ts';
import type { HoldRow } from '../holds/hold-rows.ts';
import { askHouse } from './ask-house.ts';
import { clientOfSale } from './client-of-sale.ts';
import { orderLinesOf, sameLines, takenHolds } from './order-lines.ts';
import type { SaleStepRow, SaleSteps } from './sale-steps.ts';
import { bodyOf, OrderBody } from './step-bodies.ts';

/** Has these lines in the draft in the house's system, which is made where there is none; with the holds that it takes. */
export async function writeDraft({
  steps,
  connector,
  row,
  sold,
  holds,
}: {
  readonly steps: SaleSteps;
  readonly connector: OmsConnector;
  readonly row: SaleStepRow;
  readonly sold: readonly SoldLine[];
  /** Those of the visit that stand. */
  readonly holds: readonly HoldRow[];
}): Promise<Answer<{ order: OmsOrder; holdIds: OmsId[] }>> {
  const { omsId, revision } = bodyOf(OrderBody, row);
  const lines = orderLinesOf(sold, holds);
  const holdIds = takenHolds(sold, holds);
  const updated = async (update: OrderUpdate) => {
    const answer = await updateDraft(connector, update);
    return answer.ok ? done({ order: answer.value, holdIds }) : answer;
  };
  if (omsId !== null) return await updated({ orderId: omsId, revision, lines });
  const clientId = await clientOfSale(steps.database.db, row.session_id, 'after-sale', steps.clock.nowMs());
  const drafted = await askHouse(() =>
    connector.draftOrder({ key: row.id, storeId: row.store_id, clientId, lines }),
  );
  if (!drafted.ok) return drafted;
  switch (drafted.value.kind) {
    case 'drafted': {
      // So that an order which closes elsewhere finds back to the visit.
      const attribution = { advisorId: row.advisor_id, sessionId: row.session_id };
      const { id: orderId } = drafted.value.order;
      const attributed = await askHouse(() => connector.attributeOrder({ orderId, attribution }));
      if (!attributed.ok) return attributed;
      const order = attributed.value.kind === 'attributed' ? attributed.value.order : drafted.value.order;
      // One that was drafted before, and whose answer was lost, has the lines of then.
      return sameLines(order.lines, lines)
        ? done({ order, holdIds })
        : await updated({ orderId, revision: order.revision, lines });
    }
    case 'unknown-sku':
      return refuse('unknown-sku', `The house does not count ${drafted.value.sku} here.`);
    case 'unknown-client':
      return refuse('client-unknown', 'The house does not know this client any more.');
  }
}

/** Writes lines over those of a draft; where somebody changed it there, by the revision that is theirs. */
async function updateDraft(connector: OmsConnector, update: OrderUpdate): Promise<Answer<OmsOrder>> {
  const updated = await askHouse(() => connector.updateOrder(update));
  if (!updated.ok) return updated;
  switch (updated.value.kind) {
    case 'updated':
      return done(updated.value.order);
    case 'unknown-sku':
      return refuse('unknown-sku', `The house does not count ${updated.value.sku} here.`);
    case 'moved-on': {
      const { order } = updated.value;
      if (order.state === 'placed') return refuse('conflict', 'The house has placed this order meanwhile.');
      const again = await askHouse(() => connector.updateOrder({ ...update, revision: order.revision }));
      if (!again.ok) return again;
      return again.value.kind === 'updated'
        ? done(again.value.order)
        : refuse('conflict', 'The house is changing this order. Try again.');
    }
    case 'unknown-order':
      return refuse('conflict', 'The house has forgotten this order.');
  }
}
