import { useLayoutEffect, useRef, type ReactNode } from 'react';
import type { Variant } from '../../protocol/product.ts';

/** A variant's colours as a disc: the frame as the ring, the lens or the stone inside. */
export function Swatch({ variant }: { variant: Variant }): ReactNode {
  const disc = useRef<HTMLSpanElement>(null);
  const [frame = 'transparent', lens = frame] = variant.swatch;
  // Through the CSSOM: the content-security policy of the mirror allows no style attributes in markup.
  useLayoutEffect(() => {
    disc.current?.style.setProperty('--frame', frame);
    disc.current?.style.setProperty('--lens', lens);
  }, [frame, lens]);
  return <span ref={disc} className="swatch" aria-hidden="true" />;
}
