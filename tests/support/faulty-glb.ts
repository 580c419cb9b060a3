interface GltfNode {
  name?: string;
  mesh?: number;
  children?: number[];
  translation?: number[];
}

/** The part of a glTF document that a fault touches; what else is in it stays as it is. */
interface GltfDocument {
  readonly scenes: readonly { readonly nodes: readonly number[] }[];
  readonly nodes: GltfNode[];
  readonly materials: { name?: string; pbrMetallicRoughness?: { baseColorFactor?: number[] } }[];
}

const headerBytes = 12;
const chunkHeaderBytes = 8;

/** A GLB whose document was changed by `spoil`; its geometry and textures are the same bytes. */
function changed(glb: Buffer, spoil: (document: GltfDocument) => void): Buffer {
  const jsonBytes = glb.readUInt32LE(headerBytes);
  const from = headerBytes + chunkHeaderBytes;
  const document = JSON.parse(glb.toString('utf8', from, from + jsonBytes)) as GltfDocument;
  spoil(document);
  const json = Buffer.from(JSON.stringify(document));
  const padded = Buffer.concat([json, Buffer.alloc((4 - (json.length % 4)) % 4, 0x20)]);
  const out = Buffer.concat([glb.subarray(0, from), padded, glb.subarray(from + jsonBytes)]);
  out.writeUInt32LE(out.length, 8);
  out.writeUInt32LE(padded.length, headerBytes);
  return out;
}

/** The piece without one of its parts. */
export function withoutPart(glb: Buffer, name: string): Buffer {
  return changed(glb, ({ nodes }) => {
    const part = nodes.find((node) => node.name === name);
    if (part?.mesh === undefined) throw new Error(`No part is called ${name}.`);
    delete part.mesh;
  });
}

/** The piece so far off its place, along its own x. */
export function shifted(glb: Buffer, byMm: number): Buffer {
  return changed(glb, ({ scenes, nodes }) => {
    for (const root of scenes.flatMap((scene) => scene.nodes)) {
      for (const child of nodes[root]?.children ?? []) {
        const node = nodes[child];
        const [x = 0, y = 0, z = 0] = node?.translation ?? [];
        if (node) node.translation = [x + byMm / 1_000, y, z];
      }
    }
  });
}

/** The piece with one of its materials in another linear colour. */
export function recoloured(glb: Buffer, material: string, color: readonly [number, number, number]): Buffer {
  return changed(glb, ({ materials }) => {
    const own = materials.find(({ name }) => name === material)?.pbrMetallicRoughness;
    if (own === undefined) throw new Error(`No material is called ${material}.`);
    own.baseColorFactor = [...color, 1];
  });
}
