import type { StockLevel } from 'vitrine/protocol';

export function available(level: StockLevel): string {
  return level.available;
}
