import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Answer, ErrorCode } from '../../protocol/errors.ts';
import { Catalogue } from '../../protocol/product.ts';
import { wishListText, type OpenedWishList } from '../../protocol/wish-list.ts';
import type { ScanState, startScan } from '../../sdk/codes/scan-camera.ts';
import { ManualClock } from '../../sdk/core/clock.ts';
import { lookForMs, readList, type CameList, type ListStep } from './list-reader.ts';

const catalogue = Catalogue.parse(
  JSON.parse(readFileSync(new URL('../../assets/collections/norde/catalogue.json', import.meta.url), 'utf8')),
);
const secret = 'Zk3c9Xw0rT5vB8nM1qLpYs';
const fjord = { pieceId: 'fjord-51', variantId: 'tortoise' };

function read(answer: Answer<OpenedWishList> = { ok: true, value: { pieces: [fjord], gone: [] } }) {
  const clock = new ManualClock();
  const steps: ListStep[] = [];
  const came: CameList[] = [];
  const asked: string[] = [];
  let hold = (_text: string): void => {};
  let stand = (_state: ScanState): void => {};
  let isOpen = true;
  const scan: typeof startScan = (_video, { onText, onState }) => {
    hold = onText;
    stand = onState;
    return () => {
      isOpen = false;
    };
  };
  const end = readList({} as HTMLVideoElement, {
    scan,
    clock,
    catalogue,
    ask: (given) => {
      asked.push(given);
      expect(isOpen).toBe(false);
      return Promise.resolve(answer);
    },
    onStep: (step) => steps.push(step),
    onCame: (list) => came.push(list),
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn += 1) await Promise.resolve();
  };
  return {
    clock,
    steps,
    came,
    asked,
    end,
    settle,
    hold: (text: string) => hold(text),
    stand: (state: ScanState) => stand(state),
    isOpen: () => isOpen,
  };
}

const refusal = (code: ErrorCode): Answer<never> => ({ ok: false, error: { code, message: 'no' } });

describe('a list that is read off a phone', () => {
  it('tells nobody what other codes say, and asks once for its own', async () => {
    const list = read();
    list.hold('https://elsewhere.example/buy');
    list.hold('WIFI:S:home;P:secret;;');
    expect([list.steps, list.asked, list.isOpen()]).toEqual([['foreign', 'foreign'], [], true]);
    list.hold(wishListText(secret));
    list.hold(wishListText(secret));
    await list.settle();
    expect(list.asked).toEqual([secret]);
    expect(list.came).toEqual([{ pieces: [{ worn: fjord, sku: 'fjord-51.tortoise' }], gone: 0 }]);
  });

  it('counts with what is gone what this mirror does not have, and says where nothing is left', async () => {
    const unknown = { pieceId: 'of-next-year', variantId: 'red' };
    const some = read({ ok: true, value: { pieces: [unknown, fjord], gone: ['old.one'] } });
    some.hold(wishListText(secret));
    await some.settle();
    expect(some.came).toMatchObject([{ pieces: [{ worn: fjord }], gone: 2 }]);
    const none = read({ ok: true, value: { pieces: [unknown], gone: [] } });
    none.hold(wishListText(secret));
    await none.settle();
    expect([none.came, none.steps.at(-1)]).toEqual([[], 'empty']);
  });

  it.each([
    ['code-expired', 'expired'],
    ['code-unknown', 'unknown'],
    ['wrong-store', 'elsewhere'],
    ['unreachable', 'unreachable'],
    ['rate-limited', 'unreachable'],
  ] as const)('says in its own words that the answer is %s', async (code, step) => {
    const list = read(refusal(code));
    list.hold(wishListText(secret));
    await list.settle();
    expect(list.steps).toEqual(['checking', step]);
  });

  it('closes the camera where no code is seen for long, and keeps a camera’s own trouble', () => {
    const unseen = read();
    unseen.clock.advance(lookForMs);
    expect([unseen.steps, unseen.isOpen()]).toEqual([['unseen'], false]);
    const denied = read();
    denied.stand('denied');
    denied.clock.advance(lookForMs);
    expect(denied.steps).toEqual(['denied']);
  });

  it('brings nothing to who has gone meanwhile', async () => {
    const list = read();
    list.hold(wishListText(secret));
    list.end();
    await list.settle();
    expect(list.came).toEqual([]);
  });
});
