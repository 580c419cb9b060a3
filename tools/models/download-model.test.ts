import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { downloadModel } from './download-model.ts';

it('gives up a server that sends nothing, or stops sending, and leaves nothing behind', async () => {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-download-'));
  const server = createServer((request, response) => {
    if (request.url === '/stops') response.writeHead(200).write('the first bytes');
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  for (const name of ['silent', 'stops']) {
    const spec = {
      id: 'face',
      fileName: 'face.task',
      officialUrl: `http://127.0.0.1:${port}/${name}`,
      sha256: '',
      bytes: 1_000,
      needed: true,
    } as const;
    expect(await downloadModel(spec, dir, fetch, () => {}, 50)).toEqual({
      ok: false,
      error: 'nothing came for 0.05 seconds',
    });
  }
  expect(await readdir(dir)).toEqual([]);
  server.closeAllConnections();
  server.close();
  await rm(dir, { recursive: true });
});
