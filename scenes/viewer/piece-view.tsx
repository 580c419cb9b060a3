import { useEffect, useRef, type CSSProperties } from 'react';
import type { StageTheme } from '../theme.ts';
import { mountViewer, type ViewerMount, type ViewerPiece } from './mount-viewer.tsx';
import type { ViewerEvents } from './viewer-events.ts';

/** One event of the viewer, as one value: its name and what it tells. */
export type ViewerEvent = {
  [Name in keyof ViewerEvents]: { readonly type: Name; readonly detail: ViewerEvents[Name] };
}[keyof ViewerEvents];

export interface PieceViewProps {
  readonly piece: ViewerPiece | null;
  /** What a screen reader calls the picture. Read at the mount. */
  readonly label: string;
  readonly theme?: StageTheme;
  readonly onEvent?: (event: ViewerEvent) => void;
  readonly className?: string;
  readonly style?: CSSProperties;
}

const eventNames = [
  'ready',
  'piece-shown',
  'spot-touched',
  'piece-failed',
  'context-lost',
  'context-restored',
  'failed',
] as const satisfies readonly (keyof ViewerEvents)[];

/** The 3D viewer as a React component; it fills its element. */
export function PieceView(props: PieceViewProps) {
  const { piece, theme, className, style } = props;
  const container = useRef<HTMLDivElement>(null);
  const mount = useRef<ViewerMount | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (container.current === null) return undefined;
    const { label, piece: firstPiece, theme: firstTheme } = latest.current;
    const viewer = mountViewer(container.current, {
      label,
      piece: firstPiece,
      ...(firstTheme ? { theme: firstTheme } : {}),
    });
    const tell = (event: ViewerEvent): void => latest.current.onEvent?.(event);
    for (const type of eventNames) {
      viewer.events.on(type, (detail) => tell({ type, detail } as ViewerEvent));
    }
    mount.current = viewer;
    return () => {
      mount.current = null;
      viewer.stop();
    };
  }, []);

  useEffect(() => {
    if (theme) mount.current?.setTheme(theme);
  }, [theme]);
  const url = piece?.url;
  const variant = piece?.variant ?? null;
  useEffect(() => {
    // A failure is told by `piece-failed`; nothing else waits for this.
    mount.current?.setPiece(url === undefined ? null : { url, variant }).catch(() => undefined);
  }, [url, variant]);

  return <div ref={container} className={className} style={{ width: '100%', height: '100%', ...style }} />;
}
