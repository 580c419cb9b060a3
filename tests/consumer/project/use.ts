import { readTypedCode, type StockLevel } from 'vitrine/protocol';
import type { Tracker } from 'vitrine';

export const code: string | null = readTypedCode('AB10-CD1E');

export function available(level: StockLevel): number {
  return level.available;
}

export function stop(tracker: Tracker): void {
  tracker.stop();
}
