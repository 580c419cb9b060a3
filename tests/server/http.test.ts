import { createServer, type Server } from 'node:http';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reactAriaStyles } from '../../server/http/security-headers.ts';
import { TestServer } from './support/test-server.ts';

const sha256 = 'a'.repeat(64);
const pages: Record<string, string> = {
  '/': 'kiosk/index.html',
  '/advisor/': 'advisor/index.html',
  '/embed/': 'embed/index.html',
  '/oms/': 'console/oms/index.html',
  '/console/': 'console/index.html',
  '/console/calibrate/': 'console/calibrate/index.html',
  '/service-worker.js': 'kiosk-sw.js',
  '/assets/main-1234.js': 'assets/main-1234.js',
  '/sdk/vitrine.js': 'sdk/vitrine.js',
  '/mediapipe/vision.wasm': 'mediapipe/vision.wasm',
  '/manifest.webmanifest': 'manifest.webmanifest',
};

let folder: string;
let server: TestServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-http-'));
  for (const [address, file] of Object.entries(pages)) {
    await mkdir(join(folder, 'web', file, '..'), { recursive: true });
    await writeFile(join(folder, 'web', file), `at ${address}`);
  }
  await mkdir(join(folder, 'houses/norde/pieces'), { recursive: true });
  const seed = new URL('../../assets/collections/norde/oms-seed.json', import.meta.url);
  await writeFile(join(folder, 'houses/norde/oms-seed.json'), await readFile(seed));
  await writeFile(join(folder, 'houses/norde/theme.json'), '{}');
  await writeFile(join(folder, 'houses/norde/pieces/fjord-51.glb'), 'glTF');
  await writeFile(join(folder, 'face.task'), 'a model');
  const face = { url: '', sha256, bytes: 7, standIn: false, path: join(folder, 'face.task') };
  server = await TestServer.start({
    webDir: join(folder, 'web'),
    collectionsDir: join(folder, 'houses'),
    models: { face },
    publicUrl: 'https://mirror.example/',
  });
});
afterEach(async () => {
  await server.stop();
  await rm(folder, { recursive: true, force: true });
});

describe('what the server serves', () => {
  it('is every page and file where the architecture says, each with the security headers', async () => {
    for (const [address, file] of Object.entries(pages)) {
      const response = await fetch(server.url + address);
      expect([address, response.status, await response.text()]).toEqual([address, 200, `at ${address}`]);
      expect(response.headers.get('content-security-policy')).toContain("default-src 'self'");
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('permissions-policy')).toContain('camera=(self)');
      expect(response.headers.get('etag'), file).toBeTruthy();
      const isShared = /^\/(assets|sdk|mediapipe)\//.test(address);
      expect(response.headers.get('access-control-allow-origin'), address).toBe(isShared ? '*' : null);
    }
    const config = await fetch(`${server.url}/api/config`);
    expect(config.headers.get('access-control-allow-origin')).toBe('*');
    const livez = await fetch(`${server.url}/livez`);
    expect(livez.headers.get('access-control-allow-origin')).toBeNull();
    const worker = await fetch(`${server.url}/service-worker.js`);
    expect(worker.headers.get('cache-control')).toBe('no-cache');
    expect(worker.headers.get('content-type')).toContain('javascript');
    const wasm = await fetch(`${server.url}/mediapipe/vision.wasm`);
    expect(wasm.headers.get('content-type')).toBe('application/wasm');
    const asset = await fetch(`${server.url}/assets/main-1234.js`);
    expect(asset.headers.get('cache-control')).toContain('immutable');
    const moved = await fetch(`${server.url}/advisor?x=1`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('location')]).toEqual([308, '/advisor/?x=1']);
  });

  it('is a collection with its types, and never the seed with its PINs and clients', async () => {
    const glb = await fetch(`${server.url}/collections/norde/pieces/fjord-51.glb`);
    expect([glb.status, glb.headers.get('content-type')]).toEqual([200, 'model/gltf-binary']);
    const etag = glb.headers.get('etag') ?? '';
    const again = await fetch(glb.url, { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } });
    expect(again.status).toBe(304);
    expect((await fetch(`${server.url}/collections/norde/theme.json`)).status).toBe(200);
    for (const path of [
      'norde/oms-seed.json',
      'norde/./oms-seed.json',
      'norde/pieces/..%2foms-seed.json',
      'norde/OMS-SEED.JSON',
      '..%2f..%2fpackage.json',
      'norde/%2e%2e/%2e%2e/vitrine.sqlite',
    ]) {
      const response = await fetch(`${server.url}/collections/${path}`);
      expect([path, response.status]).toEqual([path, 404]);
      expect(await response.json()).toMatchObject({ code: 'not-found' });
    }
  });

  it('is a model under its checksum only, and a configuration that names it', async () => {
    const config = await (await fetch(`${server.url}/api/config`)).json();
    expect(config).toMatchObject({
      publicUrl: 'https://mirror.example',
      maisons: [{ id: 'norde', name: 'Norde' }],
      models: {
        face: { url: `/models/${sha256}/face.task`, sha256, bytes: 7, standIn: false },
        hand: null,
        body: null,
        hair: null,
      },
    });
    const model = await fetch(`${server.url}/models/${sha256}/face.task`);
    expect([model.status, await model.text()]).toEqual([200, 'a model']);
    expect(model.headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${server.url}/models/${'b'.repeat(64)}/face.task`)).status).toBe(404);
  });

  it('says every refusal as a typed error', async () => {
    const missing = await fetch(`${server.url}/nothing/here`);
    expect([missing.status, await missing.json()]).toMatchObject([404, { code: 'not-found' }]);
    const unreadable = await fetch(`${server.url}/%`);
    expect([unreadable.status, await unreadable.json()]).toMatchObject([400, { code: 'bad-request' }]);
    expect(unreadable.headers.get('content-security-policy')).toContain("default-src 'self'");
    const headers = { 'content-type': 'application/json' };
    const broken = await fetch(`${server.url}/api/devices/enrol`, {
      method: 'POST',
      headers,
      body: '{"code":',
    });
    expect([broken.status, await broken.json()]).toMatchObject([400, { code: 'bad-request' }]);
    const other = { 'content-type': 'text/html' };
    const typed = await fetch(`${server.url}/api/devices/token`, {
      method: 'POST',
      headers: other,
      body: 'x',
    });
    expect([typed.status, await typed.json()]).toMatchObject([400, { code: 'bad-request' }]);
    expect(typed.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  });

  it('allows the inline styles of the installed React Aria, and no others', async () => {
    const library = new URL('../../node_modules/react-aria/dist/private/', import.meta.url);
    const press = await readFile(new URL('interactions/usePress.mjs', library), 'utf8');
    const scroll = await readFile(new URL('overlays/usePreventScroll.mjs', library), 'utf8');
    const [pressStyle, scrollStyle] = reactAriaStyles;
    const attribute = /PRESSABLE_ATTRIBUTE = '([^']+)'/.exec(press)?.[1] ?? '';
    expect(press.replaceAll(/\$\{[^}]*PRESSABLE_ATTRIBUTE\}/g, attribute)).toContain(pressStyle);
    expect(scroll).toContain(scrollStyle);
  });
});

describe('a start that cannot be', () => {
  it('names a taken port', async () => {
    const squatter: Server = createServer();
    await new Promise<void>((resolve) => {
      squatter.listen(0, '127.0.0.1', resolve);
    });
    const address = squatter.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(TestServer.start({ port })).rejects.toMatchObject({ code: 'port-taken' });
    squatter.close();
  });

  it('leaves a database of a newer version as it is, byte for byte', async () => {
    const dataDir = join(folder, 'data');
    const path = join(dataDir, 'vitrine.sqlite');
    await mkdir(dataDir);
    const database = new Sqlite(path);
    database.exec(
      'create table schema_migrations (version integer primary key, name text, applied_at_ms integer)',
    );
    database.exec("insert into schema_migrations values (9999, 'from-the-future', 0)");
    database.close();
    const before = await readFile(path);
    await expect(TestServer.start({ dataDir })).rejects.toMatchObject({ code: 'database-newer' });
    expect(await readFile(path)).toEqual(before);
  });

  it('names a file that is no database', async () => {
    const dataDir = join(folder, 'data');
    await mkdir(dataDir);
    await writeFile(join(dataDir, 'vitrine.sqlite'), 'this is a shopping list, not a database '.repeat(100));
    await expect(TestServer.start({ dataDir })).rejects.toMatchObject({ code: 'database-unreadable' });
  });

  it('names a seed or a catalogue that has another form', async () => {
    await writeFile(join(folder, 'houses/norde/catalogue.json'), '{"schemaVersion":1}');
    const collectionsDir = join(folder, 'houses');
    await expect(TestServer.start({ collectionsDir })).rejects.toMatchObject({ code: 'collections-invalid' });
  });

  it('names the key of a piece that has no size of its category', async () => {
    const file = join(folder, 'houses/norde/catalogue.json');
    const text = await readFile(
      new URL('../../assets/collections/norde/catalogue.json', import.meta.url),
      'utf8',
    );
    await writeFile(file, text.replace('"bridgeWidthMm"', '"bridgeMm"'));
    await expect(TestServer.start({ collectionsDir: join(folder, 'houses') })).rejects.toThrow(
      /pieces\.\d+\.dimensions\.bridgeWidthMm/,
    );
  });
});

describe('what the server keeps', () => {
  it('is for its owner only', async () => {
    const modes = new Map<string, string>();
    for (const name of await readdir(server.dataDir)) {
      if (name === 'web') continue;
      modes.set(name, ((await stat(join(server.dataDir, name))).mode & 0o777).toString(8));
    }
    expect(modes.get('vitrine.sqlite')).toBe('600');
    expect(modes.get('operator-token')).toBe('600');
  });
});

describe('who is limited by address', () => {
  /** Guesses five times for one client, then tells how another client of the same proxy is answered. */
  async function theOthersStatus(trustProxy: number | readonly string[] | undefined): Promise<number> {
    const proxied = await TestServer.start({ trustProxy });
    const guess = async (client: string) => {
      const headers = { 'content-type': 'application/json', 'x-forwarded-for': client };
      const body = JSON.stringify({ by: 'operator-token', token: 'no' });
      return (await fetch(`${proxied.url}/api/console/sign-in`, { method: 'POST', headers, body })).status;
    };
    for (let tries = 0; tries < 5; tries += 1) await guess('203.0.113.7');
    expect(await guess('203.0.113.7')).toBe(429);
    const status = await guess('203.0.113.8');
    await proxied.stop();
    return status;
  }

  it('is the peer, whatever it says of others, unless it is a proxy that the settings name', async () => {
    expect(await theOthersStatus(undefined)).toBe(429);
    expect(await theOthersStatus(['192.0.2.1'])).toBe(429);
    expect(await theOthersStatus(['127.0.0.0/8', '::1'])).toBe(401);
    expect(await theOthersStatus(1)).toBe(401);
  });
});
