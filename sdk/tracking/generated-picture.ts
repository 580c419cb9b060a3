/**
 * Draws a plain face on a grey ground: what the graph is warmed up with, so that no camera is opened for it. It is enough
 * of a face to set the landmark network to work, not only the detector.
 */
export function drawGeneratedFace(
  context: OffscreenCanvasRenderingContext2D,
  widthPx: number,
  heightPx: number,
): void {
  context.fillStyle = '#8b8f94';
  context.fillRect(0, 0, widthPx, heightPx);
  const ellipse = (x: number, y: number, rx: number, ry: number, fill: string | CanvasGradient): void => {
    context.fillStyle = fill;
    context.beginPath();
    context.ellipse(widthPx / 2 + x * unit, heightPx / 2 + y * unit, rx * unit, ry * unit, 0, 0, 2 * Math.PI);
    context.fill();
  };
  const unit = heightPx / 4;
  const skin = context.createRadialGradient(
    widthPx / 2,
    heightPx / 2,
    unit * 0.2,
    widthPx / 2,
    heightPx / 2,
    unit * 1.5,
  );
  skin.addColorStop(0, '#e6bfa5');
  skin.addColorStop(1, '#a97c62');
  ellipse(0, -0.25, 1.05, 1.2, '#3a2a20');
  ellipse(0, 1.55, 0.45, 0.7, '#b98a70');
  ellipse(0, 0, 0.9, 1.2, skin);
  for (const side of [-1, 1]) {
    ellipse(side * 0.36, -0.42, 0.24, 0.05, '#4a3427');
    ellipse(side * 0.36, -0.2, 0.19, 0.1, '#f4efe9');
    ellipse(side * 0.36, -0.2, 0.09, 0.1, '#33241b');
    ellipse(side * 0.1, 0.26, 0.07, 0.05, '#7d523f');
  }
  ellipse(0, 0.05, 0.09, 0.26, '#d9ab90');
  ellipse(0, 0.6, 0.34, 0.1, '#a4574f');
  ellipse(0, 0.59, 0.3, 0.025, '#6b2f2b');
}
