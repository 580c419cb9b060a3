import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findModels, modelCacheDir, type FindModelsOptions } from './find-models.ts';
import type { ModelSpec } from './model-specs.ts';

const bytes = Buffer.from('the published bytes of a model '.repeat(4_000));
const sha256 = (content: Buffer) => createHash('sha256').update(content).digest('hex');

describe('finding the tracking models', () => {
  let dir: string;
  let server: Server;
  let origin: string;
  let served: { readonly status: number; readonly body: Buffer; readonly cutAt?: number };
  let asked: number;

  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-models-'));
    served = { status: 200, body: bytes };
    asked = 0;
    server = createServer((_request, response) => {
      asked += 1;
      response.writeHead(served.status, { 'content-length': served.body.length });
      if (served.cutAt === undefined) response.end(served.body);
      else response.write(served.body.subarray(0, served.cutAt), () => response.destroy());
    });
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    origin = `http://127.0.0.1:${address.port}`;
  });

  afterEach(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await rm(dir, { recursive: true, force: true });
  });

  const spec = (over: Partial<ModelSpec> = {}): ModelSpec => ({
    id: 'face',
    fileName: 'face.task',
    officialUrl: `${origin}/face.task`,
    sha256: sha256(bytes),
    bytes: bytes.length,
    needed: true,
    ...over,
  });
  const options = (
    specs: readonly ModelSpec[],
    over: Partial<FindModelsOptions> = {},
  ): FindModelsOptions => ({
    specs,
    env: { HOME: path.join(dir, 'home') },
    rootDir: path.join(dir, 'checkout'),
    fetch,
    onProgress: () => {},
    ...over,
  });
  const put = async (folder: string, name: string, content: Buffer) => {
    await mkdir(path.join(dir, folder), { recursive: true });
    await writeFile(path.join(dir, folder, name), content);
  };

  it('prefers the named folder, then shared/models beside the checkout, then the cache, and asks no server', async () => {
    const env = { HOME: path.join(dir, 'home'), VITRINE_MODELS_DIR: path.join(dir, 'named') };
    const from = async () => (await findModels(options([spec()], { env }))).found[0]?.from;
    await put('home/.cache/vitrine/models', 'face.task', bytes);
    expect(await from()).toBe('cache');
    await put('shared/models', 'face.task', bytes);
    expect(await from()).toBe('shared/models');
    await put('named', 'face.task', bytes);
    expect(await from()).toBe('VITRINE_MODELS_DIR');
    expect(asked).toBe(0);
  });

  it('downloads what is needed, with progress, checks it, and finds it in the cache the next time', async () => {
    const progress: number[] = [];
    const first = await findModels(options([spec()], { onProgress: (_name, done) => progress.push(done) }));
    expect(first.found[0]?.from).toBe('download');
    expect(progress.at(-1)).toBe(bytes.length);
    expect(await readFile(first.found[0]?.path ?? '')).toEqual(bytes);
    const second = await findModels(options([spec()]));
    expect(second.found[0]?.from).toBe('cache');
    expect(asked).toBe(1);
  });

  it.each([
    ['with other bytes', () => ({ status: 200, body: Buffer.from('not the model') }), /checksum/],
    ['cut short', () => ({ status: 200, body: bytes, cutAt: 1_000 }), /downloaded/],
    ['with an error', () => ({ status: 503, body: Buffer.from('') }), /503/],
  ])('leaves nothing behind after an answer %s, and says what to do', async (_name, answer, says) => {
    served = answer();
    const search = await findModels(options([spec()]));
    expect(search.found).toEqual([]);
    expect(search.notes.join()).toMatch(says);
    expect(search.notes.join()).toContain('VITRINE_MODELS_DIR');
    expect(await readdir(modelCacheDir({ HOME: path.join(dir, 'home') }))).toEqual([]);
  });

  it('never uses a file with a wrong checksum, and names it', async () => {
    await put('shared/models', 'face.task', Buffer.from('corrupt'));
    const search = await findModels(options([spec()]));
    expect(search.found[0]?.from).toBe('download');
    expect(search.notes[0]).toContain(path.join(dir, 'shared/models/face.task'));
  });

  it('accepts a stand-in where there is no official file, and reports it; the official file wins', async () => {
    const standIn = Buffer.from('a stand-in');
    const hand = spec({
      id: 'hand',
      fileName: 'hand.task',
      needed: false,
      standIn: { fileName: 'hand-lite.task', sha256: sha256(standIn), says: 'the light one stands in' },
    });
    await put('shared/models', 'hand-lite.task', standIn);
    const without = await findModels(options([hand]));
    expect(without.found[0]).toMatchObject({ standIn: true, sha256: sha256(standIn) });
    expect(without.notes).toEqual(['hand.task was not found; the light one stands in.']);
    await put('home/.cache/vitrine/models', 'hand.task', bytes);
    const withOfficial = await findModels(options([hand]));
    expect(withOfficial.found[0]?.standIn).toBe(false);
    expect(withOfficial.notes).toEqual([]);
    expect(asked).toBe(0);
  });
});
