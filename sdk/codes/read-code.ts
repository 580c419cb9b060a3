/** What is looked for: a mirror's mark and a client's list are QR codes, a client's card may carry a bar code too where the browser reads those. */
export type CodeKind = 'mark' | 'card' | 'list';

/** Reads one picture of a camera; null where no code is seen in it. */
export type ReadCode = (video: HTMLVideoElement) => Promise<string | null>;

interface FoundCode {
  readonly rawValue: string;
}

/** The browser's own reader, which TypeScript does not know yet. */
export interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly FoundCode[]>;
}

export interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const formatsOf: Readonly<Record<CodeKind, readonly string[]>> = {
  mark: ['qr_code'],
  list: ['qr_code'],
  card: ['qr_code', 'code_128', 'code_39', 'ean_13', 'ean_8', 'itf', 'pdf417', 'aztec', 'data_matrix'],
};

/** A code fills a good part of the picture: more pixels than these make it slower, not surer. */
const mostPx = 720;

/** Where a code is looked for: everywhere, or in the square in the middle, which has more pixels for one that is held farther away. */
export type SoughtPart = 'whole' | 'middle';

/** The part of a picture in which a code is looked for, and how large it is read, in pixels. */
export function soughtIn(width: number, height: number, part: SoughtPart) {
  const side = Math.min(width, height);
  const from = part === 'whole' ? { width, height } : { width: side, height: side };
  const share = Math.min(1, mostPx / Math.max(from.width, from.height));
  return {
    x: Math.round((width - from.width) / 2),
    y: Math.round((height - from.height) / 2),
    ...from,
    readWidth: Math.round(from.width * share),
    readHeight: Math.round(from.height * share),
  };
}

/** The browser's own reader where it reads QR codes, else ours, which is loaded only then. */
export async function createCodeReader(
  kind: CodeKind,
  part: SoughtPart = 'whole',
  own: DetectorClass | null = browserDetector(),
): Promise<ReadCode> {
  const supported = own ? await own.getSupportedFormats().catch(() => []) : [];
  if (own && supported.includes('qr_code')) {
    const detector = new own({ formats: formatsOf[kind].filter((format) => supported.includes(format)) });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  }
  const { default: decode } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (video) => {
    const { videoWidth, videoHeight } = video;
    if (!context || videoWidth === 0 || videoHeight === 0) return Promise.resolve(null);
    const { x, y, width, height, readWidth, readHeight } = soughtIn(videoWidth, videoHeight, part);
    canvas.width = readWidth;
    canvas.height = readHeight;
    context.drawImage(video, x, y, width, height, 0, 0, readWidth, readHeight);
    return Promise.resolve(decodeQr(decode, context.getImageData(0, 0, canvas.width, canvas.height)));
  };
}

/** A picture without a code is the usual case; the library tells it by throwing. */
export function decodeQr(
  decode: (image: { width: number; height: number; data: Uint8ClampedArray }) => string,
  { width, height, data }: Pick<ImageData, 'width' | 'height' | 'data'>,
): string | null {
  try {
    const text = decode({ width, height, data: Uint8ClampedArray.from(data) });
    return text === '' ? null : text;
  } catch {
    return null;
  }
}

function browserDetector(): DetectorClass | null {
  const { BarcodeDetector: own } = globalThis as { readonly BarcodeDetector?: DetectorClass };
  return own ?? null;
}
