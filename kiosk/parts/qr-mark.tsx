import { useMemo, type ReactNode } from 'react';
import { qrPath } from '../../sdk/session/qr-path.ts';

/** A QR code as one path, dark on light whatever the theme: readers want it so. The quiet zone is four modules. */
export function QrMark({ text, label }: { text: string; label: string }): ReactNode {
  const { size, path } = useMemo(() => qrPath(text), [text]);
  return (
    <svg
      className="qr"
      viewBox={`-4 -4 ${size + 8} ${size + 8}`}
      shapeRendering="crispEdges"
      role="img"
      aria-label={label}
    >
      <path d={path} fill="currentColor" />
    </svg>
  );
}
