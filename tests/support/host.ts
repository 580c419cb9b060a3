import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe } from 'vitest';
import { chromiumPath } from './chromium.ts';

const checkout = resolve(import.meta.dirname, '../..');

function firstExisting(candidates: readonly (string | undefined)[]): string | null {
  return candidates.find((path): path is string => path !== undefined && existsSync(path)) ?? null;
}

/** A tracking model's file on this host, or null. Looked for where `npm start` looks. */
export function modelPath(name: string): string | null {
  return firstExisting([
    process.env['VITRINE_MODELS_DIR'] === undefined
      ? undefined
      : join(process.env['VITRINE_MODELS_DIR'], name),
    resolve(checkout, '../shared/models', name),
    join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'vitrine/models', name),
  ]);
}

/** The hair model's file on this host, the official one or what stands in for it, or null. */
export function hairModelPath(): string | null {
  return modelPath('hair_segmenter.tflite') ?? modelPath('hair_segmenter_experimental.tflite');
}

/** A developer's test picture or film on this host, or null; none is ever committed. */
export function mediaPath(name: string): string | null {
  return firstExisting([
    process.env['VITRINE_MEDIA_DIR'] === undefined ? undefined : join(process.env['VITRINE_MEDIA_DIR'], name),
    resolve(checkout, '../shared/media', name),
  ]);
}

/** What a test may need of its host. */
export type HostNeed =
  | 'face-model'
  | 'hand-model'
  | 'body-model'
  | 'hair-model'
  | 'hand-photo'
  | 'body-photo'
  | 'astronaut'
  | 'face-video'
  | 'chromium';

const isMissing: Readonly<Record<HostNeed, () => boolean>> = {
  'hand-model': () =>
    modelPath('hand_landmarker.task') === null && modelPath('hand_landmarker_lite.task') === null,
  'hair-model': () => hairModelPath() === null,
  'body-model': () => modelPath('pose_landmarker_lite.task') === null,
  'hand-photo': () => mediaPath('hand_thumb_up.jpg') === null,
  'body-photo': () => mediaPath('body_yoga.jpg') === null,
  'face-model': () => modelPath('face_landmarker.task') === null,
  astronaut: () => mediaPath('astronaut.png') === null,
  'face-video': () => mediaPath('face_video.mp4') === null,
  chromium: () => chromiumPath() === null,
};

/** Like `describe`, but skipped, with the reason in its title, where the host lacks something. */
export function describeOnHost(title: string, needs: readonly HostNeed[], suite: () => void): void {
  const missing = needs.filter((need) => isMissing[need]());
  if (missing.length === 0) describe(title, suite);
  else describe.skip(`${title} [this host lacks: ${missing.join(', ')}]`, suite);
}

/** The path of something `describeOnHost` has already made sure of. */
export function present(path: string | null): string {
  if (path === null) throw new Error('The test did not declare what it needs of the host.');
  return path;
}
