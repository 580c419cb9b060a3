import { generate } from 'lean-qr';

/** A QR code as one SVG path of dark squares, `size` modules wide; the quiet zone around it is the drawer's. */
export function qrPath(text: string): { readonly size: number; readonly path: string } {
  const code = generate(text);
  let path = '';
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x} ${y}h1v1h-1z`;
  }
  return { size: code.size, path };
}
