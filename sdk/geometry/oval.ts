/** Circumference of an ellipse by its two half axes, within 1e-5 of what a body's ellipses need. Source: Ramanujan 1914. */
export function ovalCircumference(a: number, b: number): number {
  return Math.PI * (3 * (a + b) - Math.sqrt((3 * a + b) * (a + 3 * b)));
}
