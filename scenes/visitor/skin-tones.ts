/** How a visitor's skin, lips, hair and eyes are coloured; linear red, green, blue. */
export interface VisitorLook {
  readonly skin: readonly [red: number, green: number, blue: number];
  readonly lips: readonly [red: number, green: number, blue: number];
  readonly hair: readonly [red: number, green: number, blue: number];
  readonly iris: readonly [red: number, green: number, blue: number];
  readonly garment: readonly [red: number, green: number, blue: number];
}

/**
 * Six looks from fair to deep, after the steps of the Monk skin tone scale (E. Monk, 2019), so that what is shown or
 * measured with them holds for everybody's skin.
 */
export const visitorLooks = {
  fair: {
    skin: [0.75, 0.5, 0.39],
    lips: [0.58, 0.22, 0.2],
    hair: [0.24, 0.13, 0.05],
    iris: [0.09, 0.16, 0.22],
    garment: [0.1, 0.13, 0.19],
  },
  light: {
    skin: [0.63, 0.4, 0.28],
    lips: [0.48, 0.17, 0.15],
    hair: [0.06, 0.03, 0.015],
    iris: [0.09, 0.09, 0.04],
    garment: [0.5, 0.48, 0.44],
  },
  olive: {
    skin: [0.49, 0.3, 0.18],
    lips: [0.37, 0.13, 0.1],
    hair: [0.02, 0.014, 0.01],
    iris: [0.07, 0.035, 0.012],
    garment: [0.14, 0.06, 0.06],
  },
  tan: {
    skin: [0.34, 0.18, 0.1],
    lips: [0.25, 0.085, 0.065],
    hair: [0.014, 0.01, 0.008],
    iris: [0.045, 0.02, 0.008],
    garment: [0.42, 0.4, 0.36],
  },
  brown: {
    skin: [0.2, 0.1, 0.056],
    lips: [0.17, 0.06, 0.045],
    hair: [0.01, 0.008, 0.007],
    iris: [0.03, 0.013, 0.006],
    garment: [0.3, 0.3, 0.28],
  },
  deep: {
    skin: [0.1, 0.05, 0.03],
    lips: [0.1, 0.036, 0.03],
    hair: [0.008, 0.007, 0.006],
    iris: [0.02, 0.01, 0.005],
    garment: [0.4, 0.34, 0.2],
  },
} as const satisfies Readonly<Record<string, VisitorLook>>;

/** The name of a look. */
export type VisitorLookName = keyof typeof visitorLooks;

/** Whether a name is one of a look. */
export function isLook(name: string | null): name is VisitorLookName {
  return name !== null && Object.hasOwn(visitorLooks, name);
}
