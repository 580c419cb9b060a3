import { useLayoutEffect, useRef } from 'react';
import type { Variant } from '../../protocol/product.ts';

/** A variant's colours, frame around lens. Decoration: its name always stands beside it. */
export function Swatch({ variant }: { readonly variant: Variant }) {
  const mark = useRef<HTMLSpanElement>(null);
  const [frame, lens = frame] = variant.swatch;
  // The content-security policy forbids style attributes, the CSSOM it allows.
  useLayoutEffect(() => {
    mark.current?.style.setProperty('--swatch-frame', frame ?? 'transparent');
    mark.current?.style.setProperty('--swatch-lens', lens ?? 'transparent');
  }, [frame, lens]);
  return <span className="swatch" ref={mark} aria-hidden="true" />;
}
