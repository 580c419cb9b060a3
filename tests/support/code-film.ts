import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import encode from 'qr';
import sharp from 'sharp';

/** A film of a phone that is held before the camera, with this on its screen; each text for so many of its thirty pictures a second. */
export async function filmOfCode(
  text: string | readonly { readonly text: string; readonly pictures: number }[],
  folder: string,
  codePx = 360,
): Promise<string> {
  const shown = typeof text === 'string' ? [{ text, pictures: 8 }] : text;
  const parts = await Promise.all(
    shown.map(async ({ text, pictures }) => {
      const svg = encode(text, 'svg', { border: 4 });
      const code = await sharp(Buffer.from(svg))
        .resize(codePx, codePx, { kernel: 'nearest' })
        .png()
        .toBuffer();
      const picture = await sharp({ create: { width: 640, height: 480, channels: 3, background: '#777' } })
        .composite([{ input: code }])
        .jpeg({ quality: 90 })
        .toBuffer();
      return Array.from({ length: pictures }, () => picture);
    }),
  );
  const film = path.join(folder, 'phone.mjpeg');
  await writeFile(film, Buffer.concat(parts.flat()));
  return film;
}
