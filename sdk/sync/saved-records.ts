import * as z from 'zod/mini';
import { DeviceIdentity } from '../../protocol/device.ts';
import { CommandId, EpochMs } from '../../protocol/ids.ts';
import { commands, type CommandName } from '../../protocol/realtime.ts';
import { applySnapshot, StockSnapshot, type StockState } from '../../protocol/stock.ts';

/** Stock as it is stored: every boutique's levels, and when they were last known to be true. */
const SavedStock = z.object({
  /** Server time. */
  heardAtMs: EpochMs,
  clockOffsetMs: z.number(),
  stores: z.array(StockSnapshot),
});

const SavedCommandRecord = z.object({
  commandId: CommandId,
  name: z.enum(Object.keys(commands) as [CommandName, ...CommandName[]]),
  payload: z.unknown(),
  madeAtMs: EpochMs,
});

/** A stored command that has the agreed form still. */
export interface ReadCommand {
  readonly commandId: CommandId;
  readonly name: CommandName;
  readonly payload: unknown;
  readonly madeAtMs: number;
}

/** Stock as it was when it was stored. */
export interface ReadStock {
  readonly heardAtMs: number;
  readonly clockOffsetMs: number;
  readonly stock: StockState;
}

/** Reads the stored identity; null where there is none, or one of another release. */
export function readIdentity(stored: unknown): DeviceIdentity | null {
  const parsed = DeviceIdentity.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** Reads stored stock; null where there is none, or one of another release. */
export function readStock(stored: unknown): ReadStock | null {
  const parsed = SavedStock.safeParse(stored);
  if (!parsed.success) return null;
  const { heardAtMs, clockOffsetMs, stores } = parsed.data;
  const stock = stores.reduce<StockState>((state, store) => applySnapshot(state, store), new Map());
  return { heardAtMs, clockOffsetMs, stock };
}

/** What is stored of stock. */
export function savedStock({ heardAtMs, clockOffsetMs, stock }: ReadStock): z.infer<typeof SavedStock> {
  const stores = Array.from(stock, ([storeId, store]) => ({
    storeId,
    seq: store.cursor,
    levels: Array.from(store.levels.values()),
  }));
  return { heardAtMs, clockOffsetMs, stores };
}

/** Reads a stored command; null where it is of another release and nobody could answer it. */
export function readCommand(stored: unknown): ReadCommand | null {
  const parsed = SavedCommandRecord.safeParse(stored);
  if (!parsed.success) return null;
  const { commandId, name, madeAtMs } = parsed.data;
  const payload = commands[name].payload.safeParse(parsed.data.payload);
  return payload.success ? { commandId, name, payload: payload.data, madeAtMs } : null;
}
