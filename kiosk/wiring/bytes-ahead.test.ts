import { describe, expect, it } from 'vitest';
import { BytesAhead } from './bytes-ahead.ts';

const fileBytes = 10;

/** A network of small files, and idle moments as soon as they are asked for. */
function network(budgetBytes: number, status = 200) {
  const fetched: string[] = [];
  const ahead = new BytesAhead({
    budgetBytes,
    onFault: (fault) => fetched.push(String(fault)),
    fetch: (url, init) => {
      fetched.push(`${url}, ${init.priority}`);
      return Promise.resolve(new Response(new Uint8Array(fileBytes), { status }));
    },
    whenIdle: (run) => {
      let cancelled = false;
      queueMicrotask(() => {
        if (!cancelled) run();
      });
      return () => {
        cancelled = true;
      };
    },
  });
  return { ahead, fetched };
}

describe('files that are fetched ahead', () => {
  it('come in order and at low priority, none twice', async () => {
    const { ahead, fetched } = network(100);
    ahead.want(['a', 'b']);
    await quiet();
    ahead.want([]);
    ahead.want(['b', 'c']);
    await quiet();
    expect(fetched).toEqual(['a, low', 'b, low', 'c, low']);
  });

  it('end with the budget', async () => {
    const { ahead, fetched } = network(fileBytes + 1);
    ahead.want(['a', 'b', 'c']);
    await quiet();
    expect(fetched).toEqual(['a, low', 'b, low']);
  });

  it('have the whole budget again in the next visit', async () => {
    const { ahead, fetched } = network(1);
    ahead.want(['a', 'b']);
    await quiet();
    ahead.renew();
    ahead.want(['b', 'c']);
    await quiet();
    expect(fetched).toEqual(['a, low', 'b, low']);
  });

  it('are not there because a server said that it is busy', async () => {
    const { ahead, fetched } = network(100, 503);
    ahead.want(['a']);
    await quiet();
    ahead.want([]);
    ahead.want(['a']);
    await quiet();
    expect(fetched).toEqual(['a, low', 'a, low']);
  });

  it('wait while a screen waits for a piece', async () => {
    const { ahead, fetched } = network(100);
    const release = ahead.hold();
    ahead.want(['a']);
    await quiet();
    expect(fetched).toEqual([]);
    release();
    await quiet();
    expect(fetched).toEqual(['a, low']);
  });
});

/** Lets promises and streams come to their end; there are no timers in them. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((done) => setImmediate(done));
}
