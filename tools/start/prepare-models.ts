import { findModels, type FoundModel } from '../models/find-models.ts';
import { modelSpecs } from '../models/model-specs.ts';
import { rootDir } from '../support/paths.ts';
import { progressLine } from './progress-line.ts';

/** Finds the tracking models, first in `modelsDir`, or downloads what is needed, and says on the terminal what was found and what was not. */
export async function prepareModels(modelsDir: string | null): Promise<readonly FoundModel[]> {
  const { found, notes } = await findModels({
    specs: modelSpecs,
    env: { ...process.env, ...(modelsDir !== null && { VITRINE_MODELS_DIR: modelsDir }) },
    rootDir,
    fetch,
    onProgress: progressLine(process.stdout),
  });
  for (const note of notes) console.log(`Tracking models: ${note}`);
  const face = found.find(({ spec }) => spec.id === 'face');
  console.log(
    face
      ? `Tracking models: ${found.map(({ spec }) => spec.id).join(', ')} (face from ${face.from}).`
      : 'No face model: the mirror shows the pieces in 3D instead of on the face. The line above says what to do.',
  );
  return found;
}
