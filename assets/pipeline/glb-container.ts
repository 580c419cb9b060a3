import type { CheckResult } from './check-result.ts';
import { accept, refuse } from './check-result.ts';

/** The two chunks of a GLB file. */
export interface GlbContainer {
  readonly json: unknown;
  /** The binary chunk, empty when there is none. Shares memory with the file. */
  readonly binary: Uint8Array;
}

const HEADER_BYTES = 12;
const CHUNK_HEADER_BYTES = 8;
const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;
const BINARY_CHUNK = 0x004e4942;

/**
 * Opens a GLB 2.0 file (glTF 2.0, section 4). The lengths in its headers are compared with the bytes that are there,
 * because loaders accept a file cut short without a word.
 */
export function openGlb(bytes: Uint8Array): CheckResult<GlbContainer> {
  if (bytes.byteLength < HEADER_BYTES + CHUNK_HEADER_BYTES) {
    return refuse(bytes.byteLength < 4 ? 'not-glb' : 'cut-short', 'The file is too short to be a GLB model.');
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC || view.getUint32(4, true) !== 2) {
    return refuse('not-glb', 'The file is not a GLB 2.0 model.');
  }
  const declared = view.getUint32(8, true);
  if (declared !== bytes.byteLength) {
    return refuse('cut-short', `The model says it has ${declared} bytes, but ${bytes.byteLength} are there.`);
  }
  let json: unknown;
  let binary: Uint8Array | null = null;
  let offset = HEADER_BYTES;
  while (offset < declared) {
    if (offset + CHUNK_HEADER_BYTES > declared) {
      return refuse('cut-short', 'The model ends inside the header of a chunk.');
    }
    const length = view.getUint32(offset, true);
    const kind = view.getUint32(offset + 4, true);
    const start = offset + CHUNK_HEADER_BYTES;
    if (start + length > declared) {
      return refuse('cut-short', 'The model ends inside a chunk.');
    }
    const chunk = bytes.subarray(start, start + length);
    if (offset === HEADER_BYTES) {
      if (kind !== JSON_CHUNK) {
        return refuse('bad-json', 'The first chunk of the model is not its description.');
      }
      try {
        json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(chunk));
      } catch {
        return refuse('bad-json', 'The description inside the model cannot be read.');
      }
    } else if (kind === BINARY_CHUNK && binary === null) {
      binary = chunk;
    }
    offset = start + length;
  }
  return accept({ json, binary: binary ?? new Uint8Array() });
}
