import { useEffect, type ReactNode } from 'react';
import type { Piece, Variant } from '../../protocol/product.ts';
import { useKiosk, useSay } from '../app/kiosk-context.tsx';
import { Poster } from '../parts/poster.tsx';
import { scenePiece, useScene } from './use-scene.ts';

/** One piece alone, to be turned with a finger or with keys; its poster until it is there. */
export function PieceView(props: { piece: Piece; variant: Variant; large?: boolean }): ReactNode {
  const { piece, variant, large = false } = props;
  const { ahead, collection } = useKiosk();
  const { theme, baseUrl } = collection;
  const say = useSay();
  const { container, state } = useScene(
    (scenes, element) =>
      scenes.mountViewer(element, {
        label: say('closer.turn', { piece: piece.name }),
        theme: { ground: theme.colours.ground, glow: theme.colours.surface },
      }),
    [scenePiece(baseUrl, piece, variant)],
    (viewer, [only]) => viewer.setPiece(only ?? null),
  );
  useEffect(() => (state === 'coming' ? ahead.hold() : undefined), [ahead, state]);
  return (
    <div className={large ? 'piece-view piece-view-large' : 'piece-view'} data-state={state}>
      <Poster piece={piece} variant={variant} />
      <div className="piece-canvas" ref={container} />
      {state === 'coming' && <span className="progress" aria-hidden="true" />}
      {(state === 'unavailable' || state === 'piece-failed') && (
        <p className="stage-words" role="status">
          {say('stage.piece-failed')}
        </p>
      )}
    </div>
  );
}
