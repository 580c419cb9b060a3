import { generate } from 'lean-qr';
import { useMemo, type ReactNode } from 'react';

/** A QR code as one path, dark on light whatever the theme: readers want it so. The quiet zone is four modules. */
export function QrMark({ text, label }: { text: string; label: string }): ReactNode {
  const { size, path } = useMemo(() => {
    const code = generate(text);
    let path = '';
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
    }
    return { size: code.size, path };
  }, [text]);
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
