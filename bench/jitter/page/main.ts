import { flatLandmarks, look, meet, ready } from '../../registration/page/main.ts';
import { deformHead } from '../../registration/head-shape.ts';
import type { SeenTake, Take } from '../takes.ts';
import { poseAt, sensorNoise, takeTimesMs } from '../takes.ts';
import { NoisySensor } from './sensor-noise.ts';

/** What the benches of motion ask of their page, beside what the registration bench's page offers. */
export interface JitterPage {
  /** What the network says of every picture of a take. */
  film(take: Take): SeenTake;
  /** A PNG of one noisy picture, for a person to look at. */
  picture(take: Take, frame: number): string;
}

/** Pictures at rest before the take begins, so that the network's crop has settled. */
const restingFrames = 20;

/** A ten-thousandth of a pixel: shortens what goes to the bench. */
function rounded(value: number): number {
  return Math.round(value * 1e7) / 1e7;
}

function film(take: Take): SeenTake {
  const state = ready();
  const { landmarker, scene, face } = state;
  const shapeMm = deformHead(face.verticesMm, take.film.deformation);
  const sensor = new NoisySensor(sensorNoise, take.noiseSeed);
  const periodMs = 1_000 / take.framesPerSecond;
  const see = (timeMs: number): readonly number[] | null => {
    const picture = scene.draw(take.film, shapeMm, poseAt(take, timeMs));
    sensor.spoil(picture);
    const points = look(landmarker, picture, periodMs).faceLandmarks[0];
    return points === undefined ? null : Array.from(flatLandmarks(points), rounded);
  };
  meet(state, take.film, shapeMm);
  for (let frame = 0; frame < restingFrames; frame += 1) see(0);
  return takeTimesMs(take).map((timeMs) => see(timeMs));
}

function picture(take: Take, frame: number): string {
  const { scene, face } = ready();
  const shapeMm = deformHead(face.verticesMm, take.film.deformation);
  const drawn = scene.draw(take.film, shapeMm, poseAt(take, takeTimesMs(take)[frame] ?? 0));
  new NoisySensor(sensorNoise, take.noiseSeed).spoil(drawn);
  const canvas = document.createElement('canvas');
  canvas.width = drawn.width;
  canvas.height = drawn.height;
  canvas.getContext('2d')?.putImageData(drawn, 0, 0);
  return canvas.toDataURL('image/png');
}

declare global {
  interface Window {
    jitter: JitterPage;
  }
}
window.jitter = { film, picture };
