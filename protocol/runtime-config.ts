import * as z from 'zod/mini';

/** A model file that the server offers, with the checksum that the tracker verifies before use. */
export const ModelFile = z.object({
  url: z.string(),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
  bytes: z.int().check(z.positive()),
  /** True where an official file is missing and a stand-in is served. */
  standIn: z.boolean(),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** `GET /api/config`: what a screen needs to know before it is enrolled. Holds nothing secret. */
export const RuntimeConfig = z.object({
  version: z.string(),
  /** The address under which other devices reach this server; goes into QR codes. */
  publicUrl: z.string(),
  maisons: z.array(z.object({ id: z.string(), name: z.string() })),
  /**
   * What the tracker reads, each null where it was not to be had. Without the face's there is 3D instead of AR; without the
   * hand's or the body's, for the pieces that are worn there.
   */
  models: z.object({
    face: z.nullable(ModelFile),
    hand: z.nullable(ModelFile),
    body: z.nullable(ModelFile),
    /** A refinement: earlier servers do not know it. */
    hair: z.optional(z.nullable(ModelFile)),
  }),
  wasmBaseUrl: z.string(),
});
export type RuntimeConfig = z.infer<typeof RuntimeConfig>;
