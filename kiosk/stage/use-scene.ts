import { useEffect, useRef, useState, type RefObject } from 'react';
import type { Emitter } from '../../sdk/core/emitter.ts';
import type * as ScenesModule from '../../scenes/index.ts';
import type { MirrorEvents, StagePiece, ViewerEvents } from '../../scenes/index.ts';
import type { Finger } from '../../protocol/finger.ts';
import type { Piece, Variant } from '../../protocol/product.ts';
import { useKiosk } from '../app/kiosk-context.tsx';

/** The scenes, loaded when the first one is wanted: the words of a screen never wait for them. */
export type Scenes = typeof ScenesModule;

/** How a scene stands: on its way, showing, or unable to show this piece or anything at all. */
export type SceneState = 'coming' | 'shown' | 'piece-failed' | 'unavailable';

/** What mirror and viewer have in common. */
interface SceneMount {
  readonly events: Emitter<MirrorEvents> | Emitter<ViewerEvents>;
  stop(): void;
}

/** A piece's variant as a scene loads it, a ring with its finger. */
export function scenePiece(baseUrl: string, piece: Piece, variant: Variant, finger?: Finger): StagePiece {
  return {
    url: `${baseUrl}${piece.modelPath}`,
    variant: variant.modelVariant,
    ...(piece.modelLodPath !== undefined && { farUrl: `${baseUrl}${piece.modelLodPath}` }),
    ...(finger && { finger }),
  };
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
 * Mounts a scene in an element for as long as the component lives, and has it `show` these pieces. `create` and `show` are read once: a
 * scene does not change its nature, only its pieces.
 */
export function useScene<Mount extends SceneMount>(
  create: (scenes: Scenes, container: HTMLElement) => Mount,
  pieces: readonly StagePiece[],
  show: (mount: Mount, pieces: readonly StagePiece[]) => Promise<void>,
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
  const shows = useRef(show);

  useEffect(() => {
    let stopped = false;
    let made: Mount | null = null;
    const start = async (): Promise<void> => {
      try {
        const scenes = await import('../../scenes/index.ts');
        if (stopped || !container.current) return;
        made = make.current(scenes, container.current);
        listen(made, setState, onFault);
        setMount(made);
      } catch (fault) {
        setState('unavailable');
        onFault(fault);
      }
    };
    void start();
    return () => {
      stopped = true;
      made?.stop();
      setMount(null);
    };
  }, [onFault]);

  // Equal lists are one list, however often a screen is drawn.
  const wanted = JSON.stringify(pieces);
  useEffect(() => {
    if (mount === null) return undefined;
    const list = JSON.parse(wanted) as StagePiece[];
    // What comes of a piece is told by its event; where there is none, the mannequin is all there is to show.
    let isLatest = true;
    shows.current(mount, list).then(
      () => isLatest && list.length === 0 && setState('shown'),
      () => undefined,
    );
    return () => {
      isLatest = false;
    };
  }, [mount, wanted]);

  return { container, mount, state };
}
