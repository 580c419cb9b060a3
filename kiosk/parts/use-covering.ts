import { useEffect, useRef, type RefObject } from 'react';
import { useKiosk } from '../app/kiosk-context.tsx';

/** Of the padding over which the covering fades in, so much is too dense to see a face through. */
const denseShare = 0.55;

/** Tells the mirror how much of it an element covers that stands at its lower edge. */
export function useCovering<Covering extends HTMLElement>(): RefObject<Covering | null> {
  const { look } = useKiosk();
  const covering = useRef<Covering>(null);
  useEffect(() => {
    const element = covering.current;
    if (!element) return undefined;
    const tell = (): void => {
      const fadePx = Number.parseFloat(getComputedStyle(element).paddingTop);
      const top = element.getBoundingClientRect().top + (1 - denseShare) * fadePx;
      look.noteCovered(Math.min(1, Math.max(0, 1 - top / innerHeight)));
    };
    const observer = new ResizeObserver(tell);
    observer.observe(element);
    return () => {
      observer.disconnect();
      look.noteCovered(0);
    };
  }, [look]);
  return covering;
}
