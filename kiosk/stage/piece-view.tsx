import type { ReactNode } from 'react';
import type { Piece, Variant } from '../../protocol/product.ts';
import { useKiosk, useSay } from '../app/kiosk-context.tsx';
import { scenePiece, useScene } from './use-scene.ts';

/** One piece alone, to be turned with a finger or with keys. */
export function PieceView(props: { piece: Piece; variant: Variant; large?: boolean }): ReactNode {
  const { piece, variant, large = false } = props;
  const { theme, baseUrl } = useKiosk().collection;
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
  return (
    <div className={large ? 'piece-view piece-view-large' : 'piece-view'} data-state={state}>
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
