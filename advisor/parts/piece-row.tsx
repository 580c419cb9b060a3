import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import type { Sku } from '../../protocol/ids.ts';
import { findBySku, type FoundVariant } from '../../protocol/product.ts';
import { useTablet } from '../app/tablet.ts';
import { Poster } from './poster.tsx';

/** One piece in a list. With `onWear` the row itself shows it in the mirror. */
export function PieceRow({
  sku,
  note,
  end,
  onWear,
}: {
  readonly sku: Sku;
  readonly note?: ReactNode;
  readonly end?: ReactNode;
  readonly onWear?: ((found: FoundVariant) => void) | undefined;
}) {
  const { collection, voice, live } = useTablet();
  const { say, locale } = voice;
  const found = findBySku(collection.catalogue, sku);
  if (!found) return <li className="piece-row piece-row-unknown">{say('together.unknown', { sku })}</li>;
  const names = { piece: found.piece.name, variant: found.variant.name[locale] };
  const words = (
    <>
      <Poster {...found} />
      <span className="piece-row-words">
        <span className="piece-row-name">{names.piece}</span>
        <span className="piece-row-variant">{names.variant}</span>
      </span>
      {note !== undefined && <span className="piece-row-note">{note}</span>}
      {onWear && <span className="unseen">{say('together.wear')}</span>}
    </>
  );
  return (
    <li className="piece-row">
      {onWear ? (
        <Button className="piece-row-main" isDisabled={!live} onPress={() => onWear(found)}>
          {words}
        </Button>
      ) : (
        <div className="piece-row-main">{words}</div>
      )}
      {end}
    </li>
  );
}
