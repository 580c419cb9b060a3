import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchChromium } from './chromium.ts';
import { clipFramesPerSecond, clipHeightPx, clipWidthPx, frameCode } from './fake-camera-clip.ts';

/** One picture of a clip: which moment of the film it shows, and from which column of the film's own pixels. */
export interface FilmMoment {
  readonly atSeconds: number;
  /** Left edge of the window that is shown, in the film's pixels; the window is as high as the film. */
  readonly leftPx: number;
}

/** A clip cut from a film, which repeats for ever. */
export interface VideoClipScript {
  readonly name: string;
  /** How many of the camera's frames each picture stands for. */
  readonly repeats: number;
  readonly moments: readonly FilmMoment[];
}

const pictures = 48;

/**
 * The woman of `face_video.mp4` before she raises her hand, 0.1 to 1.3 s and back again, while the window sways over 100
 * of the film's 1280 pixels: her face moves from side to side in 3.2 seconds, in that part of the picture which a portrait
 * screen shows.
 */
export const swayingFaceClip: VideoClipScript = {
  name: 'swaying-face',
  repeats: 2,
  moments: Array.from({ length: pictures }, (_, picture) => ({
    atSeconds: 0.1 + (1.2 * Math.min(picture, pictures - picture)) / (pictures / 2),
    leftPx: Math.round(136 + 50 * Math.sin((2 * Math.PI * picture) / pictures)),
  })),
};

/**
 * Where a picture's number, counted from 1 so that black says nothing, is written on it: in blocks along the upper edge,
 * least first, in the part that a portrait screen shows.
 */
export const writtenCode = {
  ...frameCode,
  leftPx: (clipWidthPx - frameCode.blockPx * frameCode.blocks) / 2,
} as const;

/** A clip on disk. */
export interface VideoClip {
  /** The MJPEG file that Chromium plays as its camera. */
  readonly path: string;
  /** Each picture once, as JPEG, in the order of the script. */
  readonly pictures: readonly Buffer[];
}

/**
 * Cuts a clip from a film in a cache folder of the system's, or finds it there. The film is decoded by Chromium, so that
 * no other decoder is needed.
 */
export async function makeVideoClip(filmPath: string, script: VideoClipScript): Promise<VideoClip> {
  const key = createHash('sha256')
    .update(readFileSync(filmPath))
    .update(JSON.stringify(['from 1', script, writtenCode, clipWidthPx, clipHeightPx, clipFramesPerSecond]))
    .digest('hex')
    .slice(0, 16);
  const folder = join(tmpdir(), 'vitrine-test-clips');
  const path = join(folder, `${script.name}-${key}.mjpeg`);
  if (!existsSync(path)) {
    mkdirSync(folder, { recursive: true });
    const drawn = await drawPictures(filmPath, script.moments);
    const unfinished = `${path}.${process.pid}`;
    writeFileSync(
      unfinished,
      Buffer.concat(drawn.flatMap((picture) => Array<Buffer>(script.repeats).fill(picture))),
    );
    renameSync(unfinished, path);
  }
  const all = splitJpegs(readFileSync(path));
  return { path, pictures: all.filter((_, index) => index % script.repeats === 0) };
}

/** Within a picture's data a start mark cannot occur: JPEG escapes it. */
function splitJpegs(file: Buffer): Buffer[] {
  const mark = Buffer.from([0xff, 0xd8, 0xff]);
  const starts: number[] = [];
  for (let at = file.indexOf(mark); at >= 0; at = file.indexOf(mark, at + 1)) starts.push(at);
  return starts.map((start, index) => file.subarray(start, starts[index + 1] ?? file.length));
}

async function drawPictures(filmPath: string, moments: readonly FilmMoment[]): Promise<Buffer[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.setContent('<input type="file"><video muted></video>');
    await page.setInputFiles('input', filmPath);
    const encoded = await page.evaluate(drawInPage, { moments, clipWidthPx, clipHeightPx, writtenCode });
    return encoded.map((picture) => Buffer.from(picture, 'base64'));
  } finally {
    await browser.close();
  }
}

/** Runs in the page. Gives each picture as JPEG in base64. */
async function drawInPage(asked: {
  readonly moments: readonly FilmMoment[];
  readonly clipWidthPx: number;
  readonly clipHeightPx: number;
  readonly writtenCode: { readonly blockPx: number; readonly blocks: number; readonly leftPx: number };
}): Promise<string[]> {
  const { moments, clipWidthPx, clipHeightPx, writtenCode } = asked;
  const file = document.querySelector('input')?.files?.[0];
  const video = document.querySelector('video');
  const canvas = document.createElement('canvas');
  canvas.width = clipWidthPx;
  canvas.height = clipHeightPx;
  const context = canvas.getContext('2d');
  if (!file || !video || !context) throw new Error('The page cannot draw.');
  const happens = (name: string): Promise<void> =>
    new Promise((resolve, reject) => {
      video.addEventListener(name, () => resolve(), { once: true });
      video.addEventListener('error', () => reject(new Error(video.error?.message)), { once: true });
    });
  const loaded = happens('loadeddata');
  video.src = URL.createObjectURL(file);
  await loaded;
  const windowWidth = (video.videoHeight * clipWidthPx) / clipHeightPx;
  const drawn: string[] = [];
  for (const [index, { atSeconds, leftPx }] of moments.entries()) {
    const sought = happens('seeked');
    video.currentTime = atSeconds;
    await sought;
    context.drawImage(video, leftPx, 0, windowWidth, video.videoHeight, 0, 0, clipWidthPx, clipHeightPx);
    for (let bit = 0; bit < writtenCode.blocks; bit += 1) {
      context.fillStyle = (((index + 1) >> bit) & 1) === 1 ? '#fff' : '#000';
      context.fillRect(
        writtenCode.leftPx + bit * writtenCode.blockPx,
        0,
        writtenCode.blockPx,
        writtenCode.blockPx,
      );
    }
    drawn.push(canvas.toDataURL('image/jpeg', 0.92).split(',')[1] ?? '');
  }
  return drawn;
}
