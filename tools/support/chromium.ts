import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Where Chromium was found, or in one line how to get it. */
export type ChromiumSearch =
  { readonly ok: true; readonly path: string } | { readonly ok: false; readonly advice: string };

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** Finds Chromium: `CHROME_PATH`, else the usual places. */
export function findChromium(
  env: Readonly<Record<string, string | undefined>> = process.env,
): ChromiumSearch {
  const named = env['CHROME_PATH'];
  if (named) {
    return existsSync(named)
      ? { ok: true, path: named }
      : { ok: false, advice: `CHROME_PATH names ${named}, which is not there.` };
  }
  const path = usualPlaces.find((place) => existsSync(place));
  return path
    ? { ok: true, path }
    : {
        ok: false,
        advice:
          'Chromium was not found: install it (Debian: sudo apt-get install chromium) or name it in CHROME_PATH.',
      };
}

/** Finds Chromium and, on Debian as root, installs it by apt where it is missing. */
export function ensureChromium(log: (line: string) => void): ChromiumSearch {
  const found = findChromium();
  const mayInstall =
    process.getuid?.() === 0 && existsSync('/etc/debian_version') && !process.env['CHROME_PATH'];
  if (found.ok || !mayInstall) return found;
  log('Installing Chromium for the browser tests (apt-get install chromium) …');
  try {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'] as ('ignore' | 'inherit')[] };
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    execFileSync('apt-get', ['update', '-qq'], { ...quiet, env });
    execFileSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      ...quiet,
      env,
    });
  } catch {
    return found;
  }
  return findChromium();
}
