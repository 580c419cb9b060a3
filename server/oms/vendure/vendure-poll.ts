import type { OmsCursor, OmsListener, OmsReading } from '../../../protocol/connector/index.ts';
import type { CancelTimer, Clock } from '../../core/clock.ts';

/** A poll cannot be taken up again where it was left: whoever comes back with this reads everything. */
const cursor: OmsCursor = 'polled';

/** What a poll needs. */
export interface PollDeps {
  readonly read: () => Promise<OmsReading>;
  readonly clock: Clock;
  readonly everyMs: number;
}

/**
 * Follows a system that tells nobody of its changes: reads everything again and again, and hints at every level that is another
 * than before. A gap is told with the first reading, so that nothing between it and the listener's own is missed, and once when a
 * reading fails, so that whoever listens notices. Returns its end.
 */
export function pollLevels({ read, clock, everyMs }: PollDeps, listener: OmsListener): () => void {
  let before: ReadonlyMap<string, string> | null = null;
  let isDown = false;
  let ended = false;
  let timer: CancelTimer | null = null;

  const tell = ({ levels }: OmsReading) => {
    const now = new Map(
      levels.map(({ storeId, sku, onHand, promised, revision }) => [
        `${storeId} ${sku}`,
        `${onHand} ${promised} ${revision}`,
      ]),
    );
    const last = before;
    before = now;
    if (last === null) {
      listener.gap(cursor);
      return;
    }
    for (const name of new Set([...now.keys(), ...last.keys()])) {
      if (now.get(name) === last.get(name)) continue;
      const [storeId = '', sku = ''] = name.split(' ');
      listener.hint({ storeId, sku }, cursor);
    }
  };

  const poll = async () => {
    // Why it failed is found by the reading that the gap asks for.
    const reading = await read().catch(() => null);
    if (ended) return;
    if (reading) tell(reading);
    else if (!isDown) listener.gap(cursor);
    isDown = reading === null;
    timer = clock.after(everyMs, () => void poll());
  };

  void poll();
  return () => {
    ended = true;
    timer?.();
  };
}
