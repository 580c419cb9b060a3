import type { Unsubscribe } from '../../sdk/core/emitter.ts';

/** One page on, or one back. */
export type PageTurn = 1 | -1;

const keys: Readonly<Record<string, PageTurn>> = { PageDown: 1, PageUp: -1 };

/** A finger that goes less far across, in shares of the page, or not clearly across, turns no page. */
const leastShare = 0.08;
const mostSlope = 0.6;

/** Which way a finger's stroke of `dxPx`, `dyPx` over a page of `widthPx` turns it; null where it does not. */
export function turnOf(
  { dxPx, dyPx }: { readonly dxPx: number; readonly dyPx: number },
  widthPx: number,
  isRightToLeft: boolean,
): PageTurn | null {
  if (Math.abs(dxPx) < leastShare * widthPx || Math.abs(dyPx) > mostSlope * Math.abs(dxPx)) return null;
  // As with paper: the page follows the finger.
  return dxPx < 0 === !isRightToLeft ? 1 : -1;
}

/** Turns pages by a stroke of a finger over `page`, and by the page keys. Returns what stops it. */
export function startPageTurns(page: HTMLElement, onTurn: (by: PageTurn) => void): Unsubscribe {
  const document = page.ownerDocument;
  let from: { readonly pointerId: number; readonly x: number; readonly y: number } | null = null;
  const down = ({ pointerId, clientX: x, clientY: y, isPrimary, target }: PointerEvent): void => {
    // What begins on a button is its press.
    const turns = isPrimary && target instanceof Element && target.closest('button') === null;
    from = turns ? { pointerId, x, y } : null;
  };
  const up = ({ pointerId, clientX, clientY }: PointerEvent): void => {
    const start = from;
    from = null;
    if (start?.pointerId !== pointerId) return;
    const stroke = { dxPx: clientX - start.x, dyPx: clientY - start.y };
    const by = turnOf(stroke, page.clientWidth, document.documentElement.dir === 'rtl');
    if (by !== null) onTurn(by);
  };
  const cancel = (): void => {
    from = null;
  };
  const key = (event: KeyboardEvent): void => {
    const by = keys[event.key];
    if (by === undefined || event.defaultPrevented) return;
    event.preventDefault();
    onTurn(by);
  };
  page.addEventListener('pointerdown', down);
  page.addEventListener('pointerup', up);
  page.addEventListener('pointercancel', cancel);
  document.addEventListener('keydown', key);
  return () => {
    page.removeEventListener('pointerdown', down);
    page.removeEventListener('pointerup', up);
    page.removeEventListener('pointercancel', cancel);
    document.removeEventListener('keydown', key);
  };
}
