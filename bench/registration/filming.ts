import { resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { chromiumPath, launchChromium } from '../../tests/support/chromium.ts';
import { mediaPath, modelPath } from '../../tests/support/host.ts';
import { serveBundledPage, wasmFolder } from '../../tests/support/page-server.ts';
import type { SeenFilm } from './page/main.ts';
import type { RegistrationFilm } from './sampling.ts';

const port = 8154;
const filmsPerCall = 4;
/** Before the woman of the film raises her hand. */
const filmMomentSeconds = 0.2;

/** The photographed faces that heads can wear, by number. */
export const photographedFaces = [0, 1] as const;

/** What a host needs for filming. */
export interface FilmingHost {
  readonly model: string;
  readonly photograph: string;
  readonly film: string;
}

/** What this host has for filming, or the names of what it lacks. */
export function filmingHost():
  | { readonly ok: true; readonly host: FilmingHost }
  | { readonly ok: false; readonly lacking: readonly string[] } {
  const [model, photograph, film] = [
    modelPath('face_landmarker.task'),
    mediaPath('astronaut.png'),
    mediaPath('face_video.mp4'),
  ];
  if (model !== null && photograph !== null && film !== null && chromiumPath() !== null) {
    return { ok: true, host: { model, photograph, film } };
  }
  return {
    ok: false,
    lacking: [
      ...(model === null ? ['face_landmarker.task'] : []),
      ...(photograph === null ? ['astronaut.png'] : []),
      ...(film === null ? ['face_video.mp4'] : []),
      ...(chromiumPath() === null ? ['Chromium'] : []),
    ],
  };
}

/**
 * Opens the page that draws heads and shows them to the landmark network, for as long as `use` takes; `root` is the folder
 * of another page that builds on that one.
 */
export async function withFilmingPage<T>(
  host: FilmingHost,
  use: (page: Page) => Promise<T>,
  root = resolve(import.meta.dirname, 'page'),
): Promise<T> {
  const served = await serveBundledPage(root, port, [
    { at: '/wasm/', path: wasmFolder },
    { at: '/face_landmarker.task', path: host.model },
    { at: '/photograph.png', path: host.photograph },
    { at: '/film.mp4', path: host.film },
  ]);
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'registration' in globalThis);
      await page.evaluate(
        (atSeconds) =>
          globalThis.window.registration.prepare({
            modelUrl: '/face_landmarker.task',
            faces: [
              { url: '/photograph.png', atSeconds: null },
              { url: '/film.mp4', atSeconds },
            ],
          }),
        filmMomentSeconds,
      );
      return await use(page);
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}

/** What the landmark network says of every picture of every film. */
export async function watchFilms(page: Page, films: readonly RegistrationFilm[]): Promise<SeenFilm[]> {
  const seen: SeenFilm[] = [];
  for (let at = 0; at < films.length; at += filmsPerCall) {
    const some = films.slice(at, at + filmsPerCall);
    const more = await page.evaluate((given) => globalThis.window.registration.watch(given), some);
    seen.push(...more);
  }
  return seen;
}
