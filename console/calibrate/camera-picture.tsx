import { useCallback } from 'react';
import { cardOutline } from '../../sdk/calibration/card-outline.ts';
import type { Corners, DeskState } from './calibrate-desk.ts';
import type { Voice } from './figures.ts';

/** What the camera sees, mirrored as people know themselves, with the outline to fill and the edges that were found. */
export function CameraPicture({
  state,
  voice: { say },
}: {
  readonly state: Extract<DeskState, { kind: 'looking' | 'done' }>;
  readonly voice: Voice;
}) {
  const { camera } = state;
  const show = useCallback(
    (video: HTMLVideoElement | null) => {
      if (video) camera.showIn(video);
    },
    [camera],
  );
  const found = state.kind === 'looking' && state.sight.kind !== 'no-card' ? state.sight.corners : null;
  return (
    <figure className="picture" role="img" aria-label={say('picture.label')}>
      <video ref={show} muted playsInline />
      <svg viewBox={`0 0 ${camera.widthPx} ${camera.heightPx}`} aria-hidden="true">
        {state.kind === 'looking' && <path className="wanted" d={pathOf(state.outline)} />}
        {found !== null && state.kind === 'looking' && (
          <path className="found" data-sight={state.sight.kind} d={pathOf(found)} />
        )}
      </svg>
      {state.kind === 'looking' && (
        <progress
          max={1}
          value={state.sight.kind === 'hold-still' ? state.sight.progress : 0}
          aria-hidden="true"
        />
      )}
    </figure>
  );
}

/** A card's outline as an SVG path. */
export function pathOf(corners: Corners): string {
  return `M${cardOutline(corners)
    .map(([u, v]) => `${u.toFixed(1)} ${v.toFixed(1)}`)
    .join('L')}Z`;
}
