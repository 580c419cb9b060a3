import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';
import { findChromium } from '../../tools/support/chromium.ts';

/** The Chromium to test with: `CHROME_PATH`, else the usual places; null when there is none. */
export function chromiumPath(): string | null {
  const found = findChromium();
  return found.ok ? found.path : null;
}

/** How a test's Chromium starts. */
export interface ChromiumOptions {
  /** A film (`.mjpeg`) to play as the camera's picture; without one there is no fake camera. */
  readonly cameraClip?: string;
  /** False: pages find no WebGL and show pictures instead. For tests of anything else, since software takes both cores to draw. */
  readonly draws3d?: boolean;
  readonly extraFlags?: readonly string[];
}

/** Starts a headless Chromium that draws in software and calls nobody of its own accord. */
export async function launchChromium(options: ChromiumOptions = {}): Promise<Browser> {
  const executablePath = chromiumPath();
  if (executablePath === null) throw new Error('No Chromium found: set CHROME_PATH.');
  const camera =
    options.cameraClip === undefined
      ? []
      : [
          '--use-fake-device-for-media-stream',
          '--use-fake-ui-for-media-stream',
          `--use-file-for-fake-video-capture=${options.cameraClip}`,
        ];
  return chromium.launch({
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--use-angle=swiftshader',
      '--enable-unsafe-swiftshader',
      ...(options.draws3d === false ? ['--disable-3d-apis'] : []),
      ...camera,
      ...(options.extraFlags ?? []),
    ],
  });
}
