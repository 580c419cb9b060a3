/** The normal quantile of a two-sided 95 % interval. */
const z = 1.959_963_984_540_054;

/**
 * The 95 % interval of a share by Wilson's score method (JASA 22, 1927), which also holds where none or all of a sample
 * have the property.
 *
 * @throws {RangeError} where nothing was observed, or more than all have the property
 */
export function wilson(having: number, of: number): { readonly low: number; readonly high: number } {
  if (of <= 0 || having < 0 || having > of) throw new RangeError(`There is no share of ${having} in ${of}.`);
  const share = having / of;
  const centre = share + z ** 2 / (2 * of);
  const half = z * Math.sqrt((share * (1 - share)) / of + z ** 2 / (4 * of ** 2));
  const whole = 1 + z ** 2 / of;
  // At none and at all the ends are exact; rounding would leave a trace there.
  return {
    low: having === 0 ? 0 : (centre - half) / whole,
    high: having === of ? 1 : (centre + half) / whole,
  };
}
