import { cp, mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOnHost, modelPath, present } from '../support/host.ts';
import { copyCheckout, type CheckoutCopy } from './support/checkout-copy.ts';
import { useHouse } from './support/use-house.ts';

const house = useHouse();
const { up, url } = house;
let checkout: CheckoutCopy;

beforeAll(async () => {
  checkout = await copyCheckout();
});
afterAll(() => checkout.remove());

/** A host with nothing in its cache and no way out. */
const bareHost = () => ({
  HOME: path.join(house.dataDir, 'home'),
  XDG_CACHE_HOME: '',
  NODE_USE_ENV_PROXY: '1',
  HTTPS_PROXY: 'http://127.0.0.1:1',
  NO_PROXY: 'localhost,127.0.0.1',
  // Apart from the home folder, so that the data folder holds only what is ours.
  VITRINE_DATA_DIR: path.join(house.dataDir, 'data'),
});

async function faceModel(): Promise<unknown> {
  const config = (await (await fetch(`${url()}/api/config`)).json()) as { models: { face: unknown } };
  return config.models.face;
}

describe('npm start without a tracking model to be had', () => {
  it('starts all the same, builds nothing anew, and says in one line what to do', async () => {
    const { output } = await up([], { cwd: checkout.root, env: bareHost() });
    expect(await faceModel()).toBeNull();
    expect(
      output.match(/face_landmarker\.task could not be downloaded.*VITRINE_MODELS_DIR.*https:.*/g),
    ).toHaveLength(1);
    expect(output).toContain('in 3D instead of on the face');
    expect(output).not.toMatch(/Forging|Building/);
  });

  it('says which folder is not there, and which file is damaged', async () => {
    const missing = await up([], {
      cwd: checkout.root,
      env: { ...bareHost(), VITRINE_MODELS_DIR: '/nowhere/models' },
    });
    expect(missing.output).toContain('VITRINE_MODELS_DIR names /nowhere/models, which is not there.');
    expect(await missing.stop()).toBe(0);

    const models = path.join(house.dataDir, 'models');
    await mkdir(models);
    await writeFile(path.join(models, 'face_landmarker.task'), 'damaged');
    const damaged = await up([], { cwd: checkout.root, env: { ...bareHost(), VITRINE_MODELS_DIR: models } });
    expect(damaged.output).toContain(`${models}/face_landmarker.task does not have the published checksum`);
    expect(await faceModel()).toBeNull();
  });
});

describeOnHost('npm start with a tracking model', ['face-model'], () => {
  it('passes over a damaged file to the next place, and serves what it found there', async () => {
    const models = path.join(house.dataDir, 'models');
    await mkdir(models);
    await writeFile(path.join(models, 'face_landmarker.task'), 'damaged');
    const cache = path.join(house.dataDir, 'home/.cache/vitrine/models');
    await mkdir(cache, { recursive: true });
    await cp(present(modelPath('face_landmarker.task')), path.join(cache, 'face_landmarker.task'));
    const { output } = await up([], {
      cwd: checkout.root,
      env: { ...bareHost(), VITRINE_MODELS_DIR: models },
    });
    expect(output).toContain('does not have the published checksum');
    expect(output).toContain('face from cache');
    expect(await faceModel()).toMatchObject({
      standIn: false,
      url: expect.stringContaining('/models/') as string,
    });
  });
});
