import { resolve } from 'node:path';
import type { FilmingHost } from '../registration/filming.ts';
import { withFilmingPage } from '../registration/filming.ts';
import type { SeenTake, Take } from './takes.ts';

/** What the landmark network says of every picture of every take. */
export function filmTakes(host: FilmingHost, takes: readonly Take[]): Promise<SeenTake[]> {
  return withFilmingPage(
    host,
    async (page) => {
      await page.waitForFunction(() => 'jitter' in globalThis);
      const seen: SeenTake[] = [];
      for (const take of takes) {
        seen.push(await page.evaluate((given) => globalThis.window.jitter.film(given), take));
      }
      return seen;
    },
    resolve(import.meta.dirname, 'page'),
  );
}
