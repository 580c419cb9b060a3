import type { Theme } from '../../protocol/theme.ts';

const families = {
  'bodoni-moda': "'Hyphen of Hanken Grotesk', 'Bodoni Moda Variable', 'Bodoni MT', Didot, serif",
  'schibsted-grotesk': "'Schibsted Grotesk Variable', 'Helvetica Neue', Arial, sans-serif",
  'hanken-grotesk': "'Hanken Grotesk Variable', 'Helvetica Neue', Arial, sans-serif",
} as const satisfies Record<Theme['fonts']['text'], string>;

/** A Maison's look as CSS custom properties, by name. Lengths are in CSS millimetres; a screen may scale them. */
export function themeVariables(theme: Theme): ReadonlyMap<string, string> {
  const { colours, fonts, label, motion } = theme;
  return new Map([
    ['--font-display', families[fonts.display]],
    ['--font-text', families[fonts.text]],
    ['--ground', colours.ground],
    ['--surface', colours.surface],
    ['--ink', colours.ink],
    ['--ink-quiet', colours.inkQuiet],
    ['--accent', colours.accent],
    ['--on-accent', colours.onAccent],
    ['--on-mirror', colours.onMirror],
    ['--corner', `${theme.cornerMm}mm`],
    ['--label-tracking', `${label.trackingEm}em`],
    ['--label-case', label.capitals ? 'uppercase' : 'none'],
    ['--motion', `${motion.durationMs}ms`],
    ['--ease', motion.easing],
  ]);
}

/** The part of an element that a theme is written to. */
export interface ThemeTarget {
  readonly style: { setProperty(name: string, value: string): void };
}

/** Puts a theme on an element through the CSSOM, which a strict content-security policy allows. */
export function applyTheme(target: ThemeTarget, theme: Theme): void {
  for (const [name, value] of themeVariables(theme)) target.style.setProperty(name, value);
}
