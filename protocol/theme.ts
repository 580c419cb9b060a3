import * as z from 'zod/mini';
import { MaisonId } from './ids.ts';

const colour = z.string().check(z.regex(/^#[0-9a-f]{6}$/));

/** A Maison's look: `/collections/<maison>/theme.json`. Becomes CSS custom properties, nothing else. */
export const Theme = z.object({
  schemaVersion: z.literal(1),
  maisonId: MaisonId,
  /** Which self-hosted families the screens load. */
  fonts: z.object({
    display: z.enum(['bodoni-moda', 'schibsted-grotesk', 'hanken-grotesk']),
    text: z.enum(['bodoni-moda', 'schibsted-grotesk', 'hanken-grotesk']),
  }),
  colours: z.object({
    /** The ground of every screen. */
    ground: colour,
    /** A panel over the ground. */
    surface: colour,
    /** Text on ground and surface; contrast at least 7:1. */
    ink: colour,
    /** Quieter text; contrast at least 4.5:1. */
    inkQuiet: colour,
    /** The one accent: lines, focus, progress. */
    accent: colour,
    /** Text on the accent; contrast at least 4.5:1. */
    onAccent: colour,
    /** Text and lines over the camera picture. */
    onMirror: colour,
  }),
  /** Millimetres; 0 is a square house. */
  cornerMm: z.number().check(z.minimum(0), z.maximum(12)),
  /** Letter-spacing of small capitals labels in em, and whether labels are set in capitals. */
  label: z.object({ trackingEm: z.number(), capitals: z.boolean() }),
  motion: z.object({ durationMs: z.number().check(z.minimum(200), z.maximum(400)), easing: z.string() }),
});
export type Theme = z.infer<typeof Theme>;
