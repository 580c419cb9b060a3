import { describe, expect, it } from 'vitest';
import { LoadAhead, type AheadTask } from './load-ahead.ts';

/** A page whose idle moments the test gives, and tasks that end when the test says so. */
function idlePage() {
  const waiting: (() => void)[] = [];
  const begun: string[] = [];
  const ends = new Map<string, (goesOn: boolean) => void>();
  const faults: unknown[] = [];
  const ahead = new LoadAhead(
    (run) => {
      waiting.push(run);
      return () => void waiting.splice(waiting.indexOf(run), 1);
    },
    (fault) => faults.push(fault),
  );
  const task = (key: string): AheadTask => ({
    key,
    run: () => {
      begun.push(key);
      return new Promise((end) => ends.set(key, end));
    },
  });
  const idle = async (): Promise<void> => {
    waiting.shift()?.();
    await settled();
  };
  const end = async (key: string, goesOn = true): Promise<void> => {
    ends.get(key)?.(goesOn);
    await settled();
  };
  return { ahead, begun, faults, task, idle, end, waiting };
}

describe('what is likely to be wanted next', () => {
  it('is loaded one at a time, the likeliest first, and only in idle moments', async () => {
    const { ahead, begun, task, idle, end } = idlePage();
    ahead.want([task('a'), task('b')]);
    expect(begun).toEqual([]);
    await idle();
    ahead.want([task('a'), task('b')]);
    await idle();
    expect(begun).toEqual(['a']);
    await end('a');
    expect(begun).toEqual(['a']);
    await idle();
    expect(begun).toEqual(['a', 'b']);
  });

  it('waits while something that was asked for is on its way', async () => {
    const { ahead, begun, task, idle, waiting } = idlePage();
    ahead.want([task('a')]);
    let arrive = (): void => undefined;
    const asked = ahead.during(new Promise<void>((done) => (arrive = done)));
    ahead.want([task('a'), task('b')]);
    await idle();
    expect(begun).toEqual([]);
    expect(waiting).toHaveLength(0);
    arrive();
    await asked;
    await idle();
    expect(begun).toEqual(['a']);
  });

  it('tries again what made way for a client’s wish', async () => {
    const { ahead, begun, task, idle, end } = idlePage();
    ahead.want([task('a')]);
    await idle();
    let arrive = (): void => undefined;
    const asked = ahead.during(new Promise<void>((done) => (arrive = done)));
    await end('a', false);
    arrive();
    await asked;
    await idle();
    expect(begun).toEqual(['a', 'a']);
  });

  it('tries it again also when the wish was fulfilled before the way was made', async () => {
    const { ahead, begun, task, idle, end } = idlePage();
    ahead.want([task('a')]);
    await idle();
    await ahead.during(Promise.resolve());
    await end('a', false);
    await idle();
    expect(begun).toEqual(['a', 'a']);
  });

  it('stops at the first that finds no room, until something else is likely', async () => {
    const { ahead, begun, task, idle, end } = idlePage();
    ahead.want([task('a'), task('b')]);
    await idle();
    await end('a', false);
    await idle();
    expect(begun).toEqual(['a']);
    ahead.want([task('c')]);
    await idle();
    expect(begun).toEqual(['a', 'c']);
  });

  it('keeps what became likely while something else found no room', async () => {
    const { ahead, begun, task, idle, end } = idlePage();
    ahead.want([task('a')]);
    await idle();
    ahead.want([task('c')]);
    await end('a', false);
    await idle();
    expect(begun).toEqual(['a', 'c']);
  });

  it('does nothing twice while it stays likely, and goes on past a fault', async () => {
    const { ahead, begun, faults, task, idle, end } = idlePage();
    const broken: AheadTask = { key: 'x', run: () => Promise.reject(new Error('not here')) };
    ahead.want([task('a'), broken, task('b')]);
    await idle();
    await end('a');
    ahead.want([task('a'), broken, task('b')]);
    await idle();
    await idle();
    expect(begun).toEqual(['a', 'b']);
    expect(faults).toHaveLength(1);
  });
});

/** Lets what was started and not awaited come to its end; there are no timers in it. */
async function settled(): Promise<void> {
  for (let i = 0; i < 6; i += 1) await Promise.resolve();
}
