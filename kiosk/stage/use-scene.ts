import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Emitter } from '../../sdk/core/emitter.ts';
import type * as SceneModule from '../../scenes/index.ts';
import type { MirrorEvents, StagePiece, ViewerEvents } from '../../scenes/index.ts';
import type { Piece, Variant } from '../../protocol/product.ts';
import { useKiosk } from '../app/kiosk-context.tsx';

/** The scenes, loaded when the first one is wanted: the words of a screen never wait for them. */
export type Scenes = typeof SceneModule;

/** How a scene stands: on its way, showing, or unable to show this piece or anything at all. */
export type SceneState = 'coming' | 'shown' | 'piece-failed' | 'unavailable';

/** What mirror and viewer have in common. */
interface SceneMount {
  readonly events: Emitter<MirrorEvents> | Emitter<ViewerEvents>;
  setPiece(piece: StagePiece | null): Promise<void>;
  stop(): void;
}

/** A piece's variant as a scene loads it. */
export function scenePiece(baseUrl: string, piece: Piece, variant: Variant): StagePiece {
  return { url: `${baseUrl}${piece.modelPath}`, variant: variant.modelVariant };
}

function listen(
  mount: SceneMount,
  say: (state: SceneState) => void,
  onFault: (fault: unknown) => void,
): void {
  // The two emitters differ in events that are not heard here.
  const events = mount.events as unknown as Emitter<
    Pick<MirrorEvents, 'piece-shown' | 'piece-failed' | 'failed'>
  >;
  events.on('piece-shown', () => say('shown'));
  events.on('piece-failed', ({ error }) => {
    say('piece-failed');
    onFault(error);
  });
  events.on('failed', ({ error }) => {
    say('unavailable');
    onFault(error);
  });
}

/**
 * Mounts a scene in an element for as long as the component lives. `create` is read once: a scene does not change its
 * nature, only its piece.
 */
export function useScene<Mount extends SceneMount>(
  create: (scenes: Scenes, container: HTMLElement) => Mount,
  piece: StagePiece | null,
): {
  readonly container: RefObject<HTMLDivElement | null>;
  readonly mount: Mount | null;
  readonly state: SceneState;
} {
  const { onFault } = useKiosk();
  const container = useRef<HTMLDivElement>(null);
  const [mount, setMount] = useState<Mount | null>(null);
  const [state, setState] = useState<SceneState>('coming');
  const make = useRef(create);

  useEffect(() => {
    let stopped = false;
    let made: Mount | null = null;
    import('../../scenes/index.ts').then(
      (scenes) => {
        if (stopped || !container.current) return;
        made = make.current(scenes, container.current);
        listen(made, setState, onFault);
        setMount(made);
      },
      (fault: unknown) => {
        setState('unavailable');
        onFault(fault);
      },
    );
    return () => {
      stopped = true;
      made?.stop();
      setMount(null);
    };
  }, [onFault]);

  const url = piece?.url;
  const variant = piece?.variant ?? null;
  useEffect(() => {
    // What goes wrong with a piece is told by its event.
    mount?.setPiece(url === undefined ? null : { url, variant }).catch(() => undefined);
  }, [mount, url, variant]);

  return { container, mount, state };
}
