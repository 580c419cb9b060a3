import * as z from 'zod/mini';
import { readExtensions } from '../../protocol/gltf-extensions.ts';
import { err, ok, type Result } from '../../sdk/core/result.ts';
import type { PieceErrorCode } from './piece-error.ts';

/** What is wrong with a GLB, before anything was built from it. */
export interface GlbRefusal {
  readonly code: Exclude<PieceErrorCode, 'piece-unreachable' | 'variant-unknown' | 'category-unknown'>;
  readonly message: string;
}

/** The largest model that the stage takes. Twice the budget of the heaviest category (3 MB, 90k triangles). */
export const glbCaps = {
  bytes: 12 * 1024 * 1024,
  nodes: 1024,
  nodeDepth: 32,
  meshes: 512,
  accessors: 4096,
  images: 32,
  verticesPerAccessor: 2_000_000,
} as const;

const GLB_MAGIC = 0x46_54_6c_67;
const JSON_CHUNK = 0x4e_4f_53_4a;
const BIN_CHUNK = 0x00_4e_49_42;
const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;

const index = z.int().check(z.nonnegative());

const GltfOutline = z.object({
  asset: z.object({ version: z.string().check(z.regex(/^2\./)) }),
  extensionsRequired: z.optional(z.array(z.string())),
  buffers: z.optional(z.array(z.object({ uri: z.optional(z.string()), byteLength: index }))),
  bufferViews: z.optional(
    z.array(z.object({ buffer: index, byteOffset: z.optional(index), byteLength: index })),
  ),
  accessors: z.optional(
    z.array(
      z.object({
        bufferView: z.optional(index),
        byteOffset: z.optional(index),
        count: index,
        componentType: index,
        type: z.enum(['SCALAR', 'VEC2', 'VEC3', 'VEC4', 'MAT2', 'MAT3', 'MAT4']),
      }),
    ),
  ),
  images: z.optional(z.array(z.object({ uri: z.optional(z.string()) }))),
  meshes: z.optional(z.array(z.unknown())),
  nodes: z.optional(z.array(z.object({ children: z.optional(z.array(index)) }))),
});
type GltfOutline = z.infer<typeof GltfOutline>;

const componentBytes: Readonly<Record<number, number>> = {
  5120: 1,
  5121: 1,
  5122: 2,
  5123: 2,
  5125: 4,
  5126: 4,
};
const componentsPer = { SCALAR: 1, VEC2: 2, VEC3: 3, VEC4: 4, MAT2: 4, MAT3: 9, MAT4: 16 } as const;

/**
 * Reads a binary glTF's outline and refuses what a loader would accept without a word: files cut short, addresses to
 * fetch, accessors without data, cyclic nodes, unbounded counts. Layout: glTF 2.0 §4.4, GLB file format.
 */
export function checkGlb(bytes: Uint8Array): Result<null, GlbRefusal> {
  if (bytes.byteLength > glbCaps.bytes) return refuse('piece-too-large', `${bytes.byteLength} bytes`);
  const container = readContainer(bytes);
  if (!container.ok) return container;
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(container.value.json));
  } catch (fault) {
    return refuse('piece-malformed', `its JSON cannot be read: ${String(fault)}`);
  }
  const outline = GltfOutline.safeParse(json);
  if (!outline.success) return refuse('piece-malformed', z.prettifyError(outline.error));
  return checkOutline(outline.data, container.value.binBytes);
}

interface Container {
  readonly json: Uint8Array;
  readonly binBytes: number;
}

function readContainer(bytes: Uint8Array): Result<Container, GlbRefusal> {
  if (bytes.byteLength < HEADER_BYTES + CHUNK_HEADER_BYTES) {
    return refuse('piece-truncated', `${bytes.byteLength} bytes are no GLB`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== GLB_MAGIC) return refuse('piece-malformed', 'it is not a GLB');
  if (view.getUint32(4, true) !== 2) return refuse('piece-malformed', 'it is not GLB version 2');
  const announcedBytes = view.getUint32(8, true);
  if (announcedBytes > bytes.byteLength) {
    return refuse('piece-truncated', `${bytes.byteLength} of ${announcedBytes} bytes came`);
  }
  if (announcedBytes < bytes.byteLength) return refuse('piece-malformed', 'bytes follow its end');
  const jsonBytes = view.getUint32(12, true);
  const jsonStart = HEADER_BYTES + CHUNK_HEADER_BYTES;
  if (view.getUint32(16, true) !== JSON_CHUNK)
    return refuse('piece-malformed', 'it does not begin with JSON');
  const jsonEnd = jsonStart + jsonBytes;
  if (jsonEnd > bytes.byteLength) return refuse('piece-malformed', 'its JSON passes its end');
  const json = bytes.subarray(jsonStart, jsonEnd);
  if (jsonEnd === bytes.byteLength) return ok({ json, binBytes: 0 });
  if (jsonEnd + CHUNK_HEADER_BYTES > bytes.byteLength)
    return refuse('piece-malformed', 'a chunk has no header');
  const binBytes = view.getUint32(jsonEnd, true);
  if (view.getUint32(jsonEnd + 4, true) !== BIN_CHUNK) {
    return refuse('piece-malformed', 'its second chunk is not binary data');
  }
  if (jsonEnd + CHUNK_HEADER_BYTES + binBytes > bytes.byteLength) {
    return refuse('piece-malformed', 'its binary data passes its end');
  }
  return ok({ json, binBytes });
}

function checkOutline(outline: GltfOutline, binBytes: number): Result<null, GlbRefusal> {
  const { nodes = [], meshes = [], accessors = [], images = [], buffers = [], bufferViews = [] } = outline;
  const counts = [
    ['nodes', nodes.length, glbCaps.nodes],
    ['meshes', meshes.length, glbCaps.meshes],
    ['accessors', accessors.length, glbCaps.accessors],
    ['images', images.length, glbCaps.images],
  ] as const;
  for (const [what, count, cap] of counts) {
    if (count > cap) return refuse('piece-too-large', `${count} ${what}, at most ${cap}`);
  }
  const foreign = (outline.extensionsRequired ?? []).filter((name) => !readExtensions.has(name));
  if (foreign.length > 0) return refuse('piece-unsupported', `it requires ${foreign.join(', ')}`);
  if ([...buffers, ...images].some((part) => part.uri !== undefined)) {
    return refuse('piece-refers-outside', 'a buffer or image has an address instead of data');
  }
  const [buffer] = buffers;
  if (buffers.length > 1 || (buffer !== undefined && buffer.byteLength > binBytes)) {
    return refuse('piece-malformed', 'a buffer is larger than the data');
  }
  for (const view of bufferViews) {
    const endByte = (view.byteOffset ?? 0) + view.byteLength;
    if (view.buffer !== 0 || endByte > (buffer?.byteLength ?? 0)) {
      return refuse('piece-malformed', 'a buffer view passes the end of the data');
    }
  }
  for (const accessor of accessors) {
    if (accessor.count > glbCaps.verticesPerAccessor) {
      return refuse('piece-too-large', `an accessor of ${accessor.count} elements`);
    }
    const view = accessor.bufferView === undefined ? undefined : bufferViews[accessor.bufferView];
    const elementBytes = componentsPer[accessor.type] * (componentBytes[accessor.componentType] ?? Infinity);
    if (view === undefined || (accessor.byteOffset ?? 0) + accessor.count * elementBytes > view.byteLength) {
      return refuse('piece-malformed', 'an accessor has no data behind it');
    }
  }
  return checkNodeGraph(nodes.map((node) => node.children ?? []));
}

/** Every node has at most one parent and no ancestor twice; breadth first from the roots, so no recursion to overflow. */
function checkNodeGraph(children: ReadonlyArray<readonly number[]>): Result<null, GlbRefusal> {
  const hasParent = Array.from(children, () => false);
  for (const child of children.flat()) {
    if (child >= children.length) return refuse('piece-malformed', 'a node names a child that is not there');
    if (hasParent[child]) return refuse('piece-malformed', 'a node has two parents');
    hasParent[child] = true;
  }
  let level = [...children.keys()].filter((node) => !hasParent[node]);
  let visited = 0;
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > glbCaps.nodeDepth) return refuse('piece-too-large', `nodes deeper than ${glbCaps.nodeDepth}`);
    visited += level.length;
    level = level.flatMap((node) => children[node] ?? []);
  }
  if (visited < children.length) return refuse('piece-malformed', 'its nodes form a ring');
  return ok(null);
}

function refuse(code: GlbRefusal['code'], message: string): Result<never, GlbRefusal> {
  return err({ code, message });
}
