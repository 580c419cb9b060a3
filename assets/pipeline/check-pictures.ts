import sharp from 'sharp';

/** What a picture is for, and with it its shape: width to height. */
interface PictureKind {
  readonly aspect: number;
  readonly shape: string;
  readonly mostBytes: number;
}

/** Told in docs/assets.md: every mirror and every tablet of the house keeps all of them. */
const kinds = {
  story: { aspect: 4 / 5, shape: 'upright, four wide to five high', mostBytes: 130_000 },
  poster: { aspect: 1, shape: 'square', mostBytes: 60_000 },
} as const satisfies Record<string, PictureKind>;

/** A pixel more or less is nobody's fault. */
const aspectTolerance = 0.01;

/** What is wrong with a picture that a catalogue names; null where nothing is. */
export async function pictureFault(bytes: Uint8Array, kind: keyof typeof kinds): Promise<string | null> {
  const { aspect, shape, mostBytes } = kinds[kind];
  if (bytes.byteLength > mostBytes)
    return `it takes ${Math.ceil(bytes.byteLength / 1_000)} kB, where at most ${mostBytes / 1_000} kB are kept on every device`;
  const size = await sharp(bytes)
    .metadata()
    .catch(() => null);
  if (size === null) return 'it cannot be read as a picture: export it as WebP, PNG or JPEG';
  return Math.abs(size.width / size.height / aspect - 1) <= aspectTolerance
    ? null
    : `it is ${size.width} × ${size.height} pixels, where it must be ${shape}`;
}
