import type { Unsubscribe } from '../../sdk/core/emitter.ts';
import { nextInDirection, type Direction } from './spatial-focus.ts';

const arrows: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const backKeys = new Set(['Escape', 'Backspace', 'BrowserBack', 'GoBack']);

const focusable = 'button:not([disabled]), a[href], input:not([disabled]), [tabindex="0"]:not(canvas)';

/**
 * Lets a keypad of arrows, OK and back do everything: arrows move the focus to what lies there, back goes back; OK is a
 * button's own Enter. Fields keep their keys. Returns what stops it.
 */
export function startKeypad(page: Document, onBack: () => void): Unsubscribe {
  const press = (event: KeyboardEvent): void => {
    if (event.target instanceof HTMLInputElement || event.altKey || event.ctrlKey || event.metaKey) return;
    if (backKeys.has(event.key)) {
      if (event.defaultPrevented) return;
      event.preventDefault();
      onBack();
      return;
    }
    const direction = arrows[event.key];
    // A piece that has the focus is turned by the arrows itself.
    if (!direction || event.target instanceof HTMLCanvasElement) return;
    const scope = page.querySelector('[role="alertdialog"]') ?? page.body;
    const candidates = Array.from(scope.querySelectorAll<HTMLElement>(focusable)).filter(
      (element) => element.checkVisibility() && element.tabIndex >= 0,
    );
    const current = page.activeElement;
    if (!(current instanceof HTMLElement) || !candidates.includes(current)) {
      candidates[0]?.focus();
      event.preventDefault();
      return;
    }
    const others = candidates.filter((element) => element !== current);
    const boxes = others.map((element) => element.getBoundingClientRect());
    const index = nextInDirection(current.getBoundingClientRect(), boxes, direction);
    if (index === null) return;
    others[index]?.focus();
    event.preventDefault();
    // The groups of React Aria have arrow keys of their own, which would move on a second time.
    event.stopPropagation();
  };
  page.addEventListener('keydown', press, { capture: true });
  return () => page.removeEventListener('keydown', press, { capture: true });
}
