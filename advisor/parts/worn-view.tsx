import { useEffect, useRef, useState } from 'react';
import type { Piece, Variant } from '../../protocol/product.ts';
import type { SessionState } from '../../protocol/session.ts';
import { pointLastsMs, type Spot } from '../../protocol/together.ts';
import { backRoomTheme } from '../app/back-room-theme.ts';
import type { ViewerMount } from '../app/mount-viewer.ts';
import { useTablet } from '../app/tablet.ts';
import { useStore } from '../app/use-store.ts';
import { Poster } from './poster.tsx';

/** What the client wears now, as a live 3D view that a finger turns; its poster until that is there. */
export function WornView({
  piece,
  variant,
  point,
}: {
  readonly piece: Piece;
  readonly variant: Variant;
  /** Where the advisor pointed last. */
  readonly point: SessionState['point'];
}) {
  const { desk, clock, collection, lights, line, live, mountViewer, voice } = useTablet();
  const light = useStore(lights.state);
  const container = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<ViewerMount | null>(null);
  const [failed, setFailed] = useState(false);
  const [shownUrl, setShownUrl] = useState<string | null>(null);
  const { ground, surface } = (light === 'back-room' ? backRoomTheme(collection.theme) : collection.theme)
    .colours;
  const label = voice.say('together.model.label');
  const touch = useRef<(spot: Spot) => void>(() => {});
  useEffect(() => {
    touch.current = (spot) => {
      if (live) void desk.point(piece.id, spot);
    };
  });

  useEffect(() => {
    if (!container.current) return;
    let over = false;
    const mounted = mountViewer(container.current, {
      theme: { ground, glow: surface },
      label,
      onSpot: (spot) => touch.current(spot),
    });
    mounted.then(
      (mount) => (over ? mount.stop() : setViewer(mount)),
      () => setFailed(true),
    );
    return () => {
      over = true;
      setViewer((mount) => {
        mount?.stop();
        return null;
      });
    };
  }, [mountViewer, ground, surface, label]);

  const url = collection.baseUrl + piece.modelPath;
  useEffect(() => {
    if (!viewer) return;
    let current = true;
    const show = async (): Promise<void> => {
      try {
        await viewer.setPiece({ url, variant: variant.modelVariant });
        if (!current) return;
        setFailed(false);
        setShownUrl(url);
      } catch {
        // Why is told by the viewer's own event; here the words below stand in for the piece.
        if (current) setFailed(true);
      }
    };
    void show();
    return () => {
      current = false;
    };
  }, [viewer, url, variant.modelVariant]);

  const [dark, setDark] = useState<SessionState['point']>(null);
  const lit = point && point !== dark && point.pieceId === piece.id ? point : null;
  const { clockOffsetMs } = line;
  useEffect(() => {
    if (!point) return undefined;
    const leftMs = point.atMs + pointLastsMs - clock.nowMs() - clockOffsetMs;
    const cancel = clock.after(Math.max(0, leftMs), () => setDark(point));
    return () => cancel();
  }, [point, clock, clockOffsetMs]);
  const spot = lit?.spot ?? null;
  useEffect(() => {
    if (viewer && shownUrl === url) viewer.setLight(spot);
  }, [viewer, shownUrl, url, spot]);

  return (
    <div className="worn-view" data-shown={shownUrl === url}>
      <Poster piece={piece} variant={variant} />
      <div className="worn-view-canvas" ref={container} />
      <p className="worn-view-point" role="status">
        {lit ? voice.say('point.lit') : shownUrl === url && voice.say('point.how')}
      </p>
      {failed && <p className="worn-view-failed">{voice.say('together.model.failed')}</p>}
    </div>
  );
}
