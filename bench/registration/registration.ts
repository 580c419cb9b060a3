import { resolve } from 'node:path';
import { launchChromium, chromiumPath } from '../../tests/support/chromium.ts';
import { mediaPath, modelPath } from '../../tests/support/host.ts';
import { serveBundledPage, wasmFolder } from '../../tests/support/tracking-server.ts';
import type { BenchResult, BenchRow } from '../bench-result.ts';
import { describeMachine } from '../bench-result.ts';
import type { Measured, Misses } from './page/main.ts';
import type { RegistrationSample } from './sampling.ts';
import { drawSamples } from './sampling.ts';

const port = 8154;
const samples = 180;
/** Not the heads on which the solver's constants were chosen. */
const seed = 90_210;
const samplesPerCall = 20;
const onAxisMm = 30;
const frontalYawRad = (30 * Math.PI) / 180;
const degreesPerRad = 180 / Math.PI;

interface Pair {
  readonly sample: RegistrationSample;
  readonly ours: Misses;
  readonly reference: Misses;
}

/**
 * How well anchors lie on faces whose pose is known: deformed heads with a photograph's face, drawn at known poses, sent
 * through the landmark network, then solved by our pipeline with the true field of view and by the network's own matrix,
 * which assumes 63°. Both see the same landmarks of the same inference, settled as on a face that was found some frames ago;
 * the pipeline gets each picture as its first frame, so no filter and no memory of the face helps it.
 * What this host lacks (model, photograph, Chromium) leaves rows that say so.
 */
export async function runRegistration(): Promise<BenchResult> {
  const [model, photo] = [modelPath('face_landmarker.task'), mediaPath('astronaut.png')];
  const lacking = [
    ...(model === null ? ['face_landmarker.task'] : []),
    ...(photo === null ? ['astronaut.png'] : []),
    ...(chromiumPath() === null ? ['Chromium'] : []),
  ];
  const rows =
    model === null || photo === null || lacking.length > 0
      ? [notMeasured(`this host lacks ${lacking.join(', ')}`)]
      : rowsOf(await measureAll(model, photo));
  return {
    name: 'registration',
    at: new Date().toISOString(),
    machine: describeMachine(),
    reference: 'MediaPipe facial transformation matrix (tasks-vision 1.1.0), 63° assumed, same landmarks',
    rows,
  };
}

function notMeasured(note: string): BenchRow {
  return { what: 'overlay error, median', unit: '% face height', ours: null, reference: null, note };
}

async function measureAll(model: string, photo: string): Promise<(Pair | null)[]> {
  const drawn = drawSamples(samples, seed);
  const served = await serveBundledPage(resolve(import.meta.dirname, 'page'), port, [
    { at: '/wasm/', path: wasmFolder },
    { at: '/face_landmarker.task', path: model },
    { at: '/photograph.png', path: photo },
  ]);
  try {
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${served.origin}/`);
      await page.waitForFunction(() => 'registration' in globalThis);
      await page.evaluate(() =>
        globalThis.window.registration.prepare('/face_landmarker.task', '/photograph.png'),
      );
      const pairs: (Pair | null)[] = [];
      for (let at = 0; at < drawn.length; at += samplesPerCall) {
        const some = drawn.slice(at, at + samplesPerCall);
        const measured: Measured[] = await page.evaluate(
          (given) => globalThis.window.registration.measure(given),
          some,
        );
        some.forEach((sample, index) => {
          const found = measured[index] ?? null;
          pairs.push(found === null ? null : { sample, ...found });
        });
      }
      return pairs;
    } finally {
      await browser.close();
    }
  } finally {
    await served.close();
  }
}

function isOnAxis({ sample }: Pair): boolean {
  return Math.hypot(sample.positionMm[0], sample.positionMm[1]) < onAxisMm;
}

function rowsOf(all: readonly (Pair | null)[]): BenchRow[] {
  const found = all.filter((pair) => pair !== null);
  const onAxis = found.filter((pair) => isOnAxis(pair) && Math.abs(pair.sample.yawRad) <= frontalYawRad);
  const offAxis = found.filter((pair) => !isOnAxis(pair));
  const narrow = found.filter((pair) => pair.sample.verticalFovRad < 1);
  const assumed = found.filter((pair) => pair.sample.verticalFovRad > 1);
  const overlay = (misses: Misses): number => misses.overlay * 100;
  const bridge = (misses: Misses): number => misses.bridge * 100;
  const rotation = (misses: Misses): number => misses.rotationRad * degreesPerRad;
  const depth = (misses: Misses): number => Math.abs(misses.depth) * 100;
  return [
    ...medianAndP95('overlay error', '% face height', found, overlay, '0.5', '1.5'),
    ...medianAndP95('bridge anchor error', '% face height', found, bridge),
    ...medianAndP95('rotation error, on axis, yaw within 30°', '°', onAxis, rotation, '1.5'),
    ...medianAndP95('rotation error, off axis', '°', offAxis, rotation, '2'),
    ...medianAndP95('depth error, 43–54° field of view', '%', narrow, depth, '2'),
    ...medianAndP95('depth error, 63° field of view', '%', assumed, depth, '2'),
    {
      what: 'faces found on the full picture',
      unit: '%',
      ours: (100 * found.length) / all.length,
      reference: (100 * found.length) / all.length,
      samples: all.length,
      note: 'same inference; see the bench acquisition',
    },
  ];
}

function medianAndP95(
  what: string,
  unit: string,
  pairs: readonly Pair[],
  figure: (misses: Misses) => number,
  medianGoal?: string,
  p95Goal?: string,
): BenchRow[] {
  const ours = pairs.map((pair) => figure(pair.ours));
  const reference = pairs.map((pair) => figure(pair.reference));
  const row = (name: string, share: number, goal: string | undefined): BenchRow => ({
    what: `${what}, ${name}`,
    unit,
    ours: quantile(ours, share),
    reference: quantile(reference, share),
    samples: pairs.length,
    ...(goal === undefined ? {} : { goal: `≤ ${goal}` }),
  });
  return [row('median', 0.5, medianGoal), row('p95', 0.95, p95Goal)];
}

/** The value below which a share of the sample lies; null when there is none. */
function quantile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? null;
}
