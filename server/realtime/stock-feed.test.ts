import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import type { StockFrame } from '../../protocol/index.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { Background } from '../core/background.ts';
import { StockFeed } from './stock-feed.ts';

const storeId = 'norde-marais';

/** A boutique's log of one SKU, whose reading the test holds up. */
class SlowLog {
  head = 4;
  release: () => void = () => undefined;
  isSlow = false;

  heads() {
    return Promise.resolve(new Map([[storeId, this.head]]));
  }

  async framesAfter(_storeId: string, cursor: number): Promise<StockFrame[]> {
    const toSeq = this.head;
    if (this.isSlow) {
      await new Promise<void>((resolve) => {
        this.release = resolve;
      });
    }
    return toSeq > cursor ? [{ storeId, fromSeq: cursor + 1, toSeq, levels: [] }] : [];
  }
}

async function startFeed() {
  const clock = new ManualClock();
  const background = new Background(clock, pino({ level: 'silent' }));
  const log = new SlowLog();
  const sent: [number, number][] = [];
  const feed = new StockFeed({
    log,
    background,
    coalesceMs: 40,
    send: ({ fromSeq, toSeq }) => void sent.push([fromSeq, toSeq]),
  });
  await feed.start();
  const change = () => {
    log.head += 1;
    feed.hint(storeId);
  };
  return { clock, background, log, sent, change };
}

describe('a boutique’s stock feed', () => {
  it('sends the changes of one window as one frame, and begins after what was there before', async () => {
    const { clock, background, sent, change } = await startFeed();
    change();
    clock.advance(39);
    change();
    change();
    await background.idle();
    expect(sent).toEqual([]);
    clock.advance(1);
    await background.idle();
    expect(sent).toEqual([[5, 7]]);
  });

  it('leaves out nothing that changes while the log is being read, and sends nothing twice', async () => {
    const { clock, background, log, sent, change } = await startFeed();
    log.isSlow = true;
    change();
    clock.advance(40);
    change();
    log.isSlow = false;
    log.release();
    await background.idle();
    expect(sent).toEqual([[5, 5]]);
    clock.advance(40);
    await background.idle();
    clock.advance(400);
    await background.idle();
    expect(sent).toEqual([
      [5, 5],
      [6, 6],
    ]);
  });
});
