import type { ReactNode } from 'react';
import { posterOf, type Piece, type Variant } from '../../protocol/product.ts';
import { useKiosk } from '../app/kiosk-context.tsx';

/**
 * A piece as a picture: as it first stands in the viewer, which is there at once. Nothing where the house has none. Beside its name it
 * says nothing more to a screen reader.
 */
export function Poster({ piece, variant }: { piece: Piece; variant: Variant }): ReactNode {
  const { baseUrl } = useKiosk().collection;
  const path = posterOf(piece, variant);
  if (path === null) return null;
  return <img className="poster" src={`${baseUrl}${path}`} alt="" draggable={false} />;
}
