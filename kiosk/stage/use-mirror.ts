import { useEffect, useRef, useState, type RefObject } from 'react';
import type { MirrorMount, MirrorOptions, StagePiece } from '../../scenes/index.ts';
import type { Piece, Variant } from '../../protocol/product.ts';
import type { Tracker } from '../../sdk/tracking/tracker.ts';
import { useKiosk } from '../app/kiosk-context.tsx';

/** How a stage stands: on its way, showing, or unable to show this piece or anything at all. */
export type StageState = 'coming' | 'shown' | 'piece-failed' | 'unavailable';

/** What a stage is asked to show. */
export interface StageRequest {
  readonly tracker: Tracker | null;
  readonly piece: StagePiece | null;
  readonly options: Omit<MirrorOptions, 'tracker' | 'piece'>;
}

/** A piece's variant as a stage loads it. */
export function stagePiece(baseUrl: string, piece: Piece, variant: Variant): StagePiece {
  return { url: `${baseUrl}${piece.modelPath}`, variant: variant.modelVariant };
}

/** Mounts a stage in an element for as long as the component lives. The scenes are loaded when the first one is wanted. */
export function useMirror(request: StageRequest): {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly state: StageState;
} {
  const { onFault } = useKiosk();
  const container = useRef<HTMLDivElement>(null);
  const [mount, setMount] = useState<MirrorMount | null>(null);
  const [state, setState] = useState<StageState>('coming');
  const { tracker, piece } = request;
  // Options are read once, at the mount: a stage does not change its nature.
  const options = useRef(request.options);

  useEffect(() => {
    let stopped = false;
    let mirror: MirrorMount | null = null;
    import('../../scenes/index.ts').then(
      ({ mountMirror }) => {
        if (stopped || !container.current) return;
        mirror = mountMirror(container.current, options.current);
        mirror.events.on('piece-shown', () => setState('shown'));
        mirror.events.on('piece-failed', ({ error }) => {
          setState('piece-failed');
          onFault(error);
        });
        mirror.events.on('failed', ({ error }) => {
          setState('unavailable');
          onFault(error);
        });
        setMount(mirror);
      },
      (fault: unknown) => {
        setState('unavailable');
        onFault(fault);
      },
    );
    return () => {
      stopped = true;
      mirror?.stop();
      setMount(null);
    };
  }, [onFault]);

  useEffect(() => mount?.setTracker(tracker), [mount, tracker]);
  const url = piece?.url;
  const variant = piece?.variant ?? null;
  useEffect(() => {
    // What went wrong with a piece is told by its event.
    mount?.setPiece(url === undefined ? null : { url, variant }).catch(() => undefined);
  }, [mount, url, variant]);

  return { container, state };
}

/** A tracker without a camera, running for as long as the component lives. */
export function useRunning(make: () => Tracker): Tracker | null {
  const [tracker, setTracker] = useState<Tracker | null>(null);
  const first = useRef(make);
  useEffect(() => {
    const made = first.current();
    void made.start();
    setTracker(made);
    return () => {
      made.dispose();
      setTracker(null);
    };
  }, []);
  return tracker;
}

/** Whether this person asked their system for less motion. */
export function prefersStillness(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
