import { useEffect, useRef, type CSSProperties } from 'react';
import type { Tracker } from '../sdk/tracking/tracker.ts';
import type { MirrorEvents } from './stage/mirror-events.ts';
import { mountMirror, type MirrorMount, type MirrorOptions } from './stage/mount-mirror.tsx';
import type { StagePiece } from './stage/piece-loader.ts';
import type { StageTheme } from './theme.ts';

/** One event of a mount, as one value: its name and what it tells. */
export type EventOf<Events> = {
  [Name in keyof Events]: { readonly type: Name; readonly detail: Events[Name] };
}[keyof Events];

export interface MirrorViewProps {
  readonly tracker: Tracker | null;
  readonly piece: StagePiece | null;
  readonly theme?: StageTheme;
  readonly mannequinUrl?: string;
  readonly faceTriangles?: MirrorOptions['faceTriangles'];
  /** Read at the mount: what this machine draws in time, or a tier that is kept. */
  readonly quality?: MirrorOptions['quality'];
  readonly onEvent?: (event: EventOf<MirrorEvents>) => void;
  /** Gives the mount while there is one, for metrics and captures. */
  readonly onMount?: (mount: MirrorMount | null) => void;
  readonly className?: string;
  readonly style?: CSSProperties;
}

const isMirrorEvent = {
  ready: true,
  'piece-shown': true,
  'piece-failed': true,
  'piece-placed': true,
  'piece-hidden': true,
  mirrored: true,
  'level-failed': true,
  'person-served': true,
  quality: true,
  'context-lost': true,
  'context-restored': true,
  failed: true,
} as const satisfies Record<keyof MirrorEvents, true>;
// Of an object's keys TypeScript says no more than that they are strings.
const mirrorEventNames = Object.keys(isMirrorEvent) as (keyof MirrorEvents)[];

/**
 * The mirror as a React component; it fills its element. `mannequinUrl` and `faceTriangles` are read when they change by
 * mounting anew; all else changes in place. It starts and stops no tracker.
 */
export function MirrorView(props: MirrorViewProps) {
  const { tracker, piece, theme, mannequinUrl, faceTriangles, className, style } = props;
  const container = useRef<HTMLDivElement>(null);
  const mount = useRef<MirrorMount | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (container.current === null) return undefined;
    const mirror = mountMirror(container.current, {
      tracker: latest.current.tracker,
      piece: latest.current.piece,
      ...(latest.current.quality ? { quality: latest.current.quality } : {}),
      ...(latest.current.theme ? { theme: latest.current.theme } : {}),
      ...(mannequinUrl === undefined ? {} : { mannequinUrl }),
      ...(faceTriangles === undefined ? {} : { faceTriangles }),
    });
    const tell = (event: EventOf<MirrorEvents>): void => latest.current.onEvent?.(event);
    for (const type of mirrorEventNames) {
      mirror.events.on(type, (detail) => tell({ type, detail } as EventOf<MirrorEvents>));
    }
    mount.current = mirror;
    latest.current.onMount?.(mirror);
    return () => {
      mount.current = null;
      latest.current.onMount?.(null);
      mirror.stop();
    };
  }, [mannequinUrl, faceTriangles]);

  useEffect(() => mount.current?.setTracker(tracker), [tracker]);
  useEffect(() => {
    if (theme) mount.current?.setTheme(theme);
  }, [theme]);
  // By what it says: whoever renders this may write the same piece anew each time.
  const asked = JSON.stringify(piece);
  useEffect(() => {
    const wanted = JSON.parse(asked) as StagePiece | null;
    // A failure is told by `piece-failed`; nothing else waits for this.
    mount.current?.setPiece(wanted).catch(() => undefined);
  }, [asked]);

  return <div ref={container} className={className} style={{ width: '100%', height: '100%', ...style }} />;
}
