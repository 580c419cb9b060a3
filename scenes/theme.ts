/** The Maison's colours where the stage shows no camera picture. CSS colours, sRGB. */
export interface StageTheme {
  /** The corners of the studio. */
  readonly ground: string;
  /** Where its lamp falls, behind the piece. */
  readonly glow: string;
}

/** A warm grey that flatters any piece; for hosts that bring no theme. */
export const neutralTheme: StageTheme = { ground: '#b9b3aa', glow: '#efebe4' };
