import * as z from 'zod/mini';

const index = z.int().check(z.nonnegative());

/** The parts of a glTF description that the checks read; everything else passes by. */
export const gltfDescriptionSchema = z.looseObject({
  extensionsUsed: z.optional(z.array(z.string())),
  extensionsRequired: z.optional(z.array(z.string())),
  buffers: z.optional(
    z.array(z.looseObject({ uri: z.optional(z.string()), byteLength: z.int().check(z.positive()) })),
  ),
  bufferViews: z.optional(
    z.array(
      z.looseObject({
        buffer: index,
        byteOffset: z.optional(index),
        byteLength: z.int().check(z.positive()),
      }),
    ),
  ),
  accessors: z.optional(
    z.array(
      z.looseObject({ bufferView: z.optional(index), count: z.int().check(z.positive()), type: z.string() }),
    ),
  ),
  images: z.optional(z.array(z.looseObject({ uri: z.optional(z.string()), bufferView: z.optional(index) }))),
  cameras: z.optional(z.array(z.unknown())),
  meshes: z.optional(
    z.array(
      z.looseObject({
        primitives: z.array(
          z.looseObject({
            attributes: z.record(z.string(), index),
            indices: z.optional(index),
            mode: z.optional(index),
          }),
        ),
      }),
    ),
  ),
  nodes: z.optional(
    z.array(
      z.looseObject({
        name: z.optional(z.string()),
        mesh: z.optional(index),
        children: z.optional(z.array(index)),
        extras: z.optional(z.unknown()),
        extensions: z.optional(
          z.looseObject({
            EXT_mesh_gpu_instancing: z.optional(z.looseObject({ attributes: z.record(z.string(), index) })),
          }),
        ),
      }),
    ),
  ),
  scenes: z.optional(z.array(z.looseObject({ nodes: z.optional(z.array(index)) }))),
  scene: z.optional(index),
  extensions: z.optional(
    z.looseObject({
      KHR_materials_variants: z.optional(
        z.looseObject({ variants: z.array(z.looseObject({ name: z.string() })) }),
      ),
    }),
  ),
});

/** The parsed form of a glTF description. */
export type GltfDescription = z.infer<typeof gltfDescriptionSchema>;
