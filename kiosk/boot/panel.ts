/** The physical screen: what turns millimetres into pixels, and what a standing or seated person can reach. */
export interface Panel {
  readonly widthMm: number;
  readonly heightMm: number;
  /** Height of the screen's lower edge above the floor; null for a screen held in the hand or on a table. */
  readonly bottomAboveFloorMm: number | null;
  /** Smallest side of anything that is touched. */
  readonly targetMm: number;
  /** Size of type and space relative to the 32-inch portrait mirror, which is read from about 90 cm. */
  readonly typeFactor: number;
}

/** Panels that a boutique may name in the address as `?panel=`. */
export const panels = {
  'portrait-32': { widthMm: 398, heightMm: 708, bottomAboveFloorMm: 640, targetMm: 20, typeFactor: 1 },
  'landscape-32': { widthMm: 708, heightMm: 398, bottomAboveFloorMm: 820, targetMm: 20, typeFactor: 0.92 },
  'square-27': { widthMm: 480, heightMm: 480, bottomAboveFloorMm: 760, targetMm: 20, typeFactor: 1 },
  'tablet-13': { widthMm: 197, heightMm: 263, bottomAboveFloorMm: null, targetMm: 11, typeFactor: 0.48 },
  'tablet-13-landscape': {
    widthMm: 263,
    heightMm: 197,
    bottomAboveFloorMm: null,
    targetMm: 11,
    typeFactor: 0.46,
  },
} as const satisfies Record<string, Panel>;

export type PanelName = keyof typeof panels;

/** The highest point above the floor that everyone can reach, and with it every control. */
const reachTopMm = 1_220;

/** What the viewport tells of a panel that nobody configured. */
export interface Viewport {
  readonly widthPx: number;
  readonly heightPx: number;
  /** A screen made for fingers rather than a mouse. */
  readonly coarsePointer: boolean;
}

/** Whether a text from outside names a panel. */
export function isPanelName(name: string | null): name is PanelName {
  return name !== null && Object.hasOwn(panels, name);
}

/** The panel that fits a viewport best, where none was configured. */
export function guessPanel({ widthPx, heightPx, coarsePointer }: Viewport): PanelName {
  const aspect = widthPx / heightPx;
  const handheld = coarsePointer && Math.max(widthPx, heightPx) <= 1_400;
  if (aspect < 0.9) return handheld || aspect > 0.64 ? 'tablet-13' : 'portrait-32';
  if (aspect <= 1.15) return 'square-27';
  return handheld || aspect < 1.45 ? 'tablet-13-landscape' : 'landscape-32';
}

/** Sizes for the style sheet, in CSS pixels. */
export interface PanelMeasures {
  /** One millimetre of glass. */
  readonly mmPx: number;
  /** One unit of the type and space scales. */
  readonly unitPx: number;
  readonly targetPx: number;
  /** How far up from the lower edge controls may lie. */
  readonly reachPx: number;
}

/** Measures a panel whose picture is `widthPx` by `heightPx`. Non-square pixels are taken by the shorter side. */
export function measurePanel(panel: Panel, widthPx: number, heightPx: number): PanelMeasures {
  const mmPx = Math.min(widthPx / panel.widthMm, heightPx / panel.heightMm);
  const reachMm =
    panel.bottomAboveFloorMm === null
      ? panel.heightMm
      : Math.min(panel.heightMm, reachTopMm - panel.bottomAboveFloorMm);
  return {
    mmPx,
    unitPx: mmPx * panel.typeFactor,
    targetPx: mmPx * panel.targetMm,
    reachPx: mmPx * reachMm,
  };
}
