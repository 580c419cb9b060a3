import { readFragment } from '../../sdk/session/address-fragment.ts';

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

/** The browser's own reader where it reads QR codes, else ours, which is loaded only then. */
export async function createCodeReader(
  kind: CodeKind,
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
    const share = Math.min(1, mostPx / Math.max(videoWidth, videoHeight));
    canvas.width = Math.round(videoWidth * share);
    canvas.height = Math.round(videoHeight * share);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
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

/** The secret in a mirror's mark; null for any other code. Nothing is opened: only the secret is taken from it. */
export function secretOfMark(text: string): string | null {
  const url = URL.parse(text.trim());
  return url?.pathname.startsWith('/advisor/') ? readFragment(url.hash).claimSecret : null;
}

function browserDetector(): DetectorClass | null {
  const { BarcodeDetector: own } = globalThis as { readonly BarcodeDetector?: DetectorClass };
  return own ?? null;
}
