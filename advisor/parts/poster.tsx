import { useState } from 'react';
import { posterOf, type Piece, type Variant } from '../../protocol/product.ts';
import { useTablet } from '../app/tablet.ts';
import { Swatch } from './swatch.tsx';

/**
 * A piece as a picture, which is there at once; its colours where the house has no picture of it, or it does not come. Its name always
 * stands beside it.
 */
export function Poster({ piece, variant }: { readonly piece: Piece; readonly variant: Variant }) {
  const { collection } = useTablet();
  const [missing, setMissing] = useState<string | null>(null);
  const path = posterOf(piece, variant);
  if (path === null || path === missing) return <Swatch variant={variant} />;
  return (
    <img
      className="poster"
      src={`${collection.baseUrl}${path}`}
      alt=""
      draggable={false}
      onError={() => setMissing(path)}
    />
  );
}
