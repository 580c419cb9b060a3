import type { Theme } from '../../protocol/theme.ts';

type Rgb = readonly [number, number, number];

const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/** Text on its ground, by WCAG 2.2. */
const readable = 4.5;

/** Whether the house's own colours are those of a dark room already. */
export function isDark({ colours }: Theme): boolean {
  return luminance(rgbOf(colours.ground)) < 0.18;
}

/**
 * The house's colours for the back room: its ink becomes the ground and its ground the ink, no brighter than a page by lamplight; the
 * accent is lifted until it can be read. A house that is dark already stays as it is.
 */
export function backRoomTheme(theme: Theme): Theme {
  if (isDark(theme)) return theme;
  const { colours } = theme;
  const ground = until(rgbOf(colours.ink), black, (colour) => luminance(colour) <= 0.012);
  const surface = mix(ground, white, 0.07);
  const ink = mix(rgbOf(colours.ground), ground, 0.1);
  const lifted = (from: Rgb) => until(from, white, (colour) => contrastOf(colour, surface) >= readable);
  const accent = lifted(rgbOf(colours.accent));
  return {
    ...theme,
    colours: {
      ...colours,
      ground: hexOf(ground),
      surface: hexOf(surface),
      ink: hexOf(ink),
      inkQuiet: hexOf(lifted(mix(ink, ground, 0.35))),
      accent: hexOf(accent),
      onAccent: hexOf(ground),
    },
  };
}

/** How well one colour reads on another, from 1 to 21 (WCAG 2.2). */
export function contrast(one: string, other: string): number {
  return contrastOf(rgbOf(one), rgbOf(other));
}

function contrastOf(one: Rgb, other: Rgb): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function until(from: Rgb, towards: Rgb, isEnough: (colour: Rgb) => boolean): Rgb {
  for (let part = 0; part < 1; part += 0.04) {
    const colour = mix(from, towards, part);
    if (isEnough(colour)) return colour;
  }
  return towards;
}

function mix(one: Rgb, other: Rgb, part: number): Rgb {
  const at = (index: 0 | 1 | 2) => Math.round(one[index] + (other[index] - one[index]) * part);
  return [at(0), at(1), at(2)];
}

function rgbOf(hex: string): Rgb {
  const at = (index: number) => Number.parseInt(hex.slice(index, index + 2), 16);
  return [at(1), at(3), at(5)];
}

function hexOf(colour: Rgb): string {
  return `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`;
}

function luminance(colour: Rgb): number {
  const [red = 0, green = 0, blue = 0] = colour.map((part) => {
    const share = part / 255;
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
