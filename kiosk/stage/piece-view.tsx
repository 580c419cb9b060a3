import type { ReactNode } from 'react';
import type { Piece, Variant } from '../../protocol/product.ts';
import { defaultIntrinsics } from '../../sdk/geometry/intrinsics.ts';
import { createStillTracker } from '../../sdk/tracking/still-tracker.ts';
import { useKiosk, useSay } from '../app/kiosk-context.tsx';
import { slowTurn } from './motions.ts';
import { prefersStillness, stagePiece, useMirror, useRunning } from './use-mirror.ts';

/** One piece alone, turning slowly. */
export function PieceView(props: { piece: Piece; variant: Variant; large?: boolean }): ReactNode {
  const { piece, variant, large = false } = props;
  const { collection, clock } = useKiosk();
  const { theme, baseUrl } = collection;
  const say = useSay();
  const turning = useRunning(() =>
    createStillTracker({
      intrinsics: defaultIntrinsics(1_600, 900),
      clock,
      script: slowTurn({
        distanceMm: 380,
        aboveMm: -22,
        turnDeg: prefersStillness() ? 0 : 38,
        periodMs: 24_000,
      }),
    }),
  );
  const { container, state } = useMirror({
    tracker: turning,
    piece: stagePiece(baseUrl, piece, variant),
    options: { theme: { ground: theme.colours.ground, glow: theme.colours.surface }, clock },
  });
  return (
    <div
      className={large ? 'piece-view piece-view-large' : 'piece-view'}
      data-state={state}
      role="img"
      aria-label={say('closer.turn', { piece: piece.name })}
    >
      <div className="piece-canvas" ref={container} />
      {state === 'coming' && <span className="progress" aria-hidden="true" />}
      {(state === 'unavailable' || state === 'piece-failed') && (
        <p className="stage-words">{say('stage.piece-failed')}</p>
      )}
    </div>
  );
}
