import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { stopSignal, type SignalSource } from './stop-signal.ts';

class FakeProcess extends EventEmitter implements SignalSource {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

describe('asking a command to stop', () => {
  it('takes the echo that npm adds to one Ctrl-C for the same wish', async () => {
    const source = new FakeProcess();
    let nowMs = 1_000;
    const stopped = stopSignal(source, () => nowMs);
    source.emit('SIGINT');
    nowMs += 20;
    source.emit('SIGINT');
    await stopped;
    expect(source.exits).toEqual([]);
  });

  it('ends at once when it is asked again', async () => {
    const source = new FakeProcess();
    let nowMs = 1_000;
    const stopped = stopSignal(source, () => nowMs);
    source.emit('SIGTERM');
    await stopped;
    nowMs += 2_000;
    source.emit('SIGINT');
    expect(source.exits).toEqual([130]);
  });
});
