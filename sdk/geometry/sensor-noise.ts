/** The median of absolute values of a normal distribution over its standard deviation. */
const medianOfNormal = 0.674_5;

/**
 * The noise of one picture from two of the same place, RGBA, `patches` squares of `sidePx` side by side: σ² = ½ Var(I₂ − I₁)
 * in the patch that moved least, by the median, which an edge that moved does not mislead. In display values 0 to 1; null
 * where every patch is clipped.
 */
export function sensorNoise(
  one: Uint8ClampedArray,
  other: Uint8ClampedArray,
  sidePx: number,
  patches: number,
): number | null {
  let least: number | null = null;
  for (let patch = 0; patch < patches; patch += 1) {
    const differences: number[] = [];
    for (let y = 0; y < sidePx; y += 1) {
      for (let x = 0; x < sidePx; x += 1) {
        const at = (y * sidePx * patches + patch * sidePx + x) * 4;
        const [a, b] = [lumaAt(one, at), lumaAt(other, at)];
        if (a > 4 && a < 250) differences.push(Math.abs(a - b));
      }
    }
    if (differences.length < (sidePx * sidePx) / 4) continue;
    differences.sort((a, b) => a - b);
    const median = differences[differences.length >> 1] ?? 0;
    const sigma = median / medianOfNormal / Math.SQRT2 / 255;
    least = least === null ? sigma : Math.min(least, sigma);
  }
  return least;
}

function lumaAt(rgba: Uint8ClampedArray, at: number): number {
  return (rgba[at] ?? 0) * 0.2126 + (rgba[at + 1] ?? 0) * 0.7152 + (rgba[at + 2] ?? 0) * 0.0722;
}
