import { unzipSync } from 'fflate';
import { VitrineError, messageOf } from '../core/vitrine-error.ts';
import type { CanonicalFace } from './canonical-face.ts';
import { faceVertexCount } from './canonical-face.ts';
import { floatFromBits, readProtobuf } from './protobuf-reader.ts';

/** The model bundle holds no readable canonical face. */
export class CanonicalFaceError extends VitrineError<'canonical-face-corrupt'> {
  constructor(detail: string, options?: ErrorOptions) {
    super(
      'canonical-face-corrupt',
      `The face model bundle holds no canonical face: ${detail}`,
      'Fetch the official face_landmarker.task again and check its sha256.',
      options,
    );
    this.name = 'CanonicalFaceError';
  }
}

const metadataName = 'geometry_pipeline_metadata_landmarks.binarypb';
/** x, y, z, u, v of each vertex, as the bundle's `VERTEX_PT` meshes hold them. */
const floatsPerVertex = 5;
const mmPerCm = 10;

/**
 * Reads the canonical face from a face landmarker bundle (`.task`: a zip with a `GeometryPipelineMetadata` message, in
 * centimetres). Source of the format: MediaPipe's face_geometry module (geometry_pipeline_metadata.proto, mesh_3d.proto).
 * @throws CanonicalFaceError when the bundle is cut short, no zip, or its mesh is not the 468-vertex one.
 */
export function readCanonicalFace(bundle: Uint8Array): CanonicalFace {
  const metadata = unzipMetadata(bundle);
  try {
    return parseMetadata(metadata);
  } catch (cause) {
    if (cause instanceof CanonicalFaceError) throw cause;
    throw new CanonicalFaceError(messageOf(cause), { cause });
  }
}

function unzipMetadata(bundle: Uint8Array): Uint8Array {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(bundle, { filter: (file) => file.name === metadataName });
  } catch (cause) {
    throw new CanonicalFaceError(messageOf(cause), { cause });
  }
  const metadata = files[metadataName];
  if (metadata === undefined) throw new CanonicalFaceError(`${metadataName} is missing`);
  return metadata;
}

function parseMetadata(metadata: Uint8Array): CanonicalFace {
  let mesh: { verticesMm: Float32Array; triangles: Uint16Array } | undefined;
  const fitWeights = new Float32Array(faceVertexCount);
  for (const field of readProtobuf(metadata)) {
    if (field.kind !== 'bytes') continue;
    if (field.number === 1) mesh = parseMesh(field.bytes);
    else if (field.number === 2) readWeight(field.bytes, fitWeights);
  }
  if (mesh === undefined) throw new CanonicalFaceError('the mesh is missing');
  const sum = fitWeights.reduce((total, weight) => total + weight, 0);
  if (!(sum > 0)) throw new CanonicalFaceError('the fit weights are missing');
  return { ...mesh, fitWeights: fitWeights.map((weight) => weight / sum) };
}

function parseMesh(message: Uint8Array): { verticesMm: Float32Array; triangles: Uint16Array } {
  const floats: number[] = [];
  const indices: number[] = [];
  for (const field of readProtobuf(message)) {
    // Repeated scalars may be written one by one or packed; both are legal for a reader to meet.
    if (field.number === 3 && field.kind === 'fixed32') floats.push(floatFromBits(field.bits));
    else if (field.number === 3 && field.kind === 'bytes') pushPackedFloats(field.bytes, floats);
    else if (field.number === 4 && field.kind === 'varint') indices.push(field.value);
    else if (field.number === 4 && field.kind === 'bytes') {
      throw new CanonicalFaceError('its triangles are packed, which this reader does not know');
    }
  }
  if (floats.length !== faceVertexCount * floatsPerVertex) {
    throw new CanonicalFaceError(`the mesh has ${floats.length / floatsPerVertex} vertices`);
  }
  if (indices.length === 0 || indices.length % 3 !== 0 || indices.some((index) => index >= faceVertexCount)) {
    throw new CanonicalFaceError('the triangles point outside the mesh');
  }
  const verticesMm = new Float32Array(faceVertexCount * 3);
  for (let vertex = 0; vertex < faceVertexCount; vertex += 1) {
    for (let axis = 0; axis < 3; axis += 1) {
      const value = floats[vertex * floatsPerVertex + axis] ?? Number.NaN;
      if (!Number.isFinite(value)) throw new CanonicalFaceError('a vertex is not a number');
      verticesMm[vertex * 3 + axis] = value * mmPerCm;
    }
  }
  return { verticesMm, triangles: Uint16Array.from(indices) };
}

function pushPackedFloats(bytes: Uint8Array, floats: number[]): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at + 4 <= bytes.byteLength; at += 4) floats.push(view.getFloat32(at, true));
}

function readWeight(message: Uint8Array, fitWeights: Float32Array): void {
  let landmark = 0;
  let weight = 0;
  for (const field of readProtobuf(message)) {
    if (field.number === 1 && field.kind === 'varint') landmark = field.value;
    else if (field.number === 2 && field.kind === 'fixed32') weight = floatFromBits(field.bits);
  }
  if (landmark >= faceVertexCount || !(weight >= 0)) {
    throw new CanonicalFaceError(`the fit weight of landmark ${landmark} is wrong`);
  }
  fitWeights[landmark] = weight;
}
