import type { ReactNode } from 'react';
import { findBySku } from '../../protocol/product.ts';
import type { Hold } from '../../protocol/stock.ts';
import { countdown, timeOfDay } from '../../sdk/session/spoken-time.ts';
import { useKiosk, useLink, useLocale, useNow, useSay, useWords } from '../app/kiosk-context.tsx';

/** That a piece is held no more is told for so long: whoever stood apart meanwhile reads it too. */
const toldForMs = 120_000;

/** What is held for this client, each with its end on the boutique's clock and a countdown. */
export function useHoldLines(holds: readonly Hold[]): readonly ReactNode[] {
  const { catalogue } = useKiosk().collection;
  const { identity } = useLink();
  const say = useSay();
  const words = useWords();
  const locale = useLocale();
  const nowMs = useNow(1_000);
  const isHeld = ({ state, expiresAtMs }: Hold): boolean => state === 'active' && expiresAtMs > nowMs;
  const told = holds.filter(
    (hold) =>
      isHeld(hold) ||
      ((hold.state === 'active' || hold.state === 'expired') && nowMs - hold.expiresAtMs < toldForMs),
  );
  if (!identity) return [];
  return told.flatMap((hold) => {
    const found = findBySku(catalogue, hold.sku);
    if (!found) return [];
    const names = { piece: found.piece.name, variant: words(found.variant.name) };
    if (!isHeld(hold)) return [<li key={hold.id}>{say('together.hold.ended', names)}</li>];
    const left = countdown(hold.expiresAtMs, nowMs);
    const time = timeOfDay(hold.expiresAtMs, locale, identity.store.timeZone);
    return [
      <li key={hold.id}>
        <span>{say('together.hold', { ...names, time })}</span>
        <time dateTime={left.iso} className="hold-left">
          {say('together.hold.left', { left: left.text })}
        </time>
      </li>,
    ];
  });
}
