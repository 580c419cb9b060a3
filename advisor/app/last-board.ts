import * as z from 'zod/mini';
import { EpochMs } from '../../protocol/ids.ts';
import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import type { Link, LinkState } from '../../sdk/sync/link.ts';

/** What the board showed when the line was last there: mirrors' names, and nothing of clients or advisors. */
export const LastBoard = z.object({
  atMs: EpochMs,
  calls: z.array(z.object({ kioskName: z.string(), sinceMs: EpochMs })),
});
export type LastBoard = z.infer<typeof LastBoard>;

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Reads the board that was kept for this boutique; null where there is none, or one that cannot be read. */
export function readLastBoard(shelf: Shelf, key: string): LastBoard | null {
  const text = shelf.getItem(key);
  if (text === null) return null;
  try {
    const read = LastBoard.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch (fault) {
    if (fault instanceof SyntaxError) return null;
    throw fault;
  }
}

/** Keeps the board for an opening without a network, while the line is there; returns what stops it. */
export function keepLastBoard(shelf: Shelf, key: string, link: Link, nowMs: () => number): Unsubscribe {
  let keptOf: LinkState['calls'] | null = null;
  const keep = () => {
    const { status, calls } = link.state.get();
    // Another enrolment is another boutique: nothing of the earlier one is left.
    if (status.kind === 'unenrolled' || status.kind === 'refused') return shelf.removeItem(key);
    if (status.kind !== 'live' || calls === keptOf) return;
    keptOf = calls;
    const board: LastBoard = {
      atMs: Math.round(nowMs()),
      calls: calls.map(({ kioskName, sinceMs }) => ({ kioskName, sinceMs })),
    };
    shelf.setItem(key, JSON.stringify(board));
  };
  return link.state.subscribe(keep);
}
