import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Gate } from './gate.ts';

describe('a gate', () => {
  it('runs no more at once than it may, in the order of arrival, and sends away who finds no place', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.integer({ min: 1, max: 4 }),
        fc.nat(5),
        fc.integer({ min: 1, max: 20 }),
        async (scheduler, atOnce, mostWaiting, comers) => {
          const gate = new Gate({ atOnce, mostWaiting });
          let running = 0;
          const begun: number[] = [];
          const results = Array.from({ length: comers }, (_, index) =>
            gate.run(async () => {
              begun.push(index);
              running += 1;
              expect(running).toBeLessThanOrEqual(atOnce);
              await scheduler.schedule(Promise.resolve());
              running -= 1;
              return index;
            }),
          );
          await scheduler.waitFor(Promise.all(results));
          const places = Math.min(comers, atOnce + mostWaiting);
          expect(begun).toEqual(Array.from({ length: places }, (_, index) => index));
          expect(await Promise.all(results)).toEqual(
            Array.from({ length: comers }, (_, index) => (index < places ? index : null)),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives the place of work that failed to the next', async () => {
    const gate = new Gate({ atOnce: 1, mostWaiting: 1 });
    const failed = gate.run(() => Promise.reject(new Error('no')));
    const next = gate.run(() => Promise.resolve('yes'));
    await expect(failed).rejects.toThrow('no');
    expect(await next).toBe('yes');
  });
});
