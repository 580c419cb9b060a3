import type { SoldLine } from '../../protocol/index.ts';
import type { OmsId, OrderLine } from '../../protocol/connector/index.ts';
import type { HoldRow } from '../holds/hold-rows.ts';

/** The holds whose pieces an order takes, as far as the house itself keeps them: at most as many of a piece as are sold. */
export function takenHolds(sold: readonly SoldLine[], holds: readonly HoldRow[]): OmsId[] {
  return sold.flatMap(({ sku, quantity }) =>
    holds
      .filter((hold) => hold.sku === sku && hold.native === 'held')
      .slice(0, quantity)
      .flatMap(({ oms_hold_id: id }) => id ?? []),
  );
}

/** What is sold, as the house's system takes it: a line for each hold after the first of a piece, for a line names one hold at most. */
export function orderLinesOf(sold: readonly SoldLine[], holds: readonly HoldRow[]): OrderLine[] {
  return sold.flatMap((one) => {
    const { sku, quantity } = one;
    const [first = null, ...others] = takenHolds([one], holds);
    return [
      { sku, quantity: quantity - others.length, holdId: first },
      ...others.map((holdId) => ({ sku, quantity: 1, holdId })),
    ];
  });
}

/** Whether an order holds just what was sold. */
export function samePieces(some: readonly OrderLine[], sold: readonly SoldLine[]): boolean {
  const counted = (lines: readonly Pick<OrderLine, 'sku' | 'quantity'>[]) =>
    [...Map.groupBy(lines, ({ sku }) => sku)]
      .map(([sku, ofPiece]) => `${sku} ${ofPiece.reduce((sum, { quantity }) => sum + quantity, 0)}`)
      .toSorted()
      .join('\n');
  return counted(some) === counted(sold);
}

/** Whether two orders take the same pieces by the same holds, in whatever order. */
export function sameLines(some: readonly OrderLine[], others: readonly OrderLine[]): boolean {
  const text = (lines: readonly OrderLine[]) =>
    lines
      .map(({ sku, quantity, holdId }) => `${sku} ${quantity} ${holdId ?? ''}`)
      .toSorted()
      .join('\n');
  return text(some) === text(others);
}
