import { basename, join, normalize } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyReply } from 'fastify';
import type { ModelFile, RuntimeConfig } from '../../protocol/index.ts';
import { done } from '../core/answers.ts';
import type { ServerConfig } from '../server-config.ts';
import { HouseSettings } from '../houses/house-settings.ts';
import { collectionDirOf } from '../houses/pieces.ts';
import type { Http } from './create-http.ts';
import type { Routes } from './serve-routes.ts';
import { wireErrorOf } from './wire-errors.ts';

/** The pages, and where the build puts them. */
const pages: Readonly<Record<string, string>> = {
  '/': 'kiosk/index.html',
  '/advisor/': 'advisor/index.html',
  '/me/': 'phone/index.html',
  '/embed/': 'embed/index.html',
  '/gallery/': 'gallery/index.html',
  '/oms/': 'console/oms/index.html',
  '/console/': 'console/index.html',
  '/console/calibrate/': 'console/calibrate/index.html',
};

/** What of a collection is for the world. Its seed holds PINs and clients and is not. */
const publicCollectionFile =
  /^[a-z0-9-]+\/(?:[a-z0-9.-]+\/)*(?!oms-seed)[a-z0-9.-]+\.(?:json|glb|webp|png|jpg)$/;

const immutable = 'public, max-age=31536000, immutable';
const revalidate = 'no-cache';

/** Where a model is served: its checksum is in the address, so it may be cached for ever. */
export function modelUrl({ sha256, path }: { sha256: string; path: string }): string {
  return `/models/${sha256}/${basename(path)}`;
}

/** Screens, SDK, wasm, models and collections. Every file is sent with an ETag and re-checked, or is immutable by its name. */
export async function staticRoutes(
  http: Http,
  config: ServerConfig,
  settings = new HouseSettings(),
): Promise<void> {
  await http.register(fastifyStatic, { root: config.collectionsDir, serve: false, dotfiles: 'ignore' });

  for (const [address, file] of Object.entries(pages)) {
    http.get(address, async (_request, reply) => {
      await send(reply, config.webDir, file, revalidate);
    });
    if (address === '/') continue;
    const folder = address.slice(0, -1);
    http.get(folder, async (request, reply) => {
      await reply.redirect(`${address}${request.url.slice(folder.length)}`, 308);
    });
  }
  const rootCert = config.tls?.rootCert;
  if (rootCert !== undefined) {
    http.get('/vitrine-root.crt', async (_request, reply) => {
      await reply.header('cache-control', 'no-store').type('application/x-x509-ca-cert').send(rootCert);
    });
  }
  http.get('/service-worker.js', async (_request, reply) => {
    reply.header('service-worker-allowed', '/');
    await send(reply, config.webDir, 'kiosk-sw.js', revalidate);
  });
  http.get<{ Params: { '*': string } }>('/assets/*', async (request, reply) => {
    await send(reply, config.webDir, join('assets', request.params['*']), immutable);
  });
  http.get<{ Params: { '*': string } }>('/collections/*', async (request, reply) => {
    const path = normalize(request.params['*']);
    if (!publicCollectionFile.test(path)) return await missing(reply);
    if (path.endsWith('.glb')) reply.type('model/gltf-binary');
    const [maisonId = '', ...parts] = path.split('/');
    const root = collectionDirOf(settings, config.collectionsDir, maisonId);
    await send(reply, root, parts.join('/'), revalidate);
  });
  http.get<{ Params: { sha256: string; name: string } }>('/models/:sha256/:name', async (request, reply) => {
    const { sha256, name } = request.params;
    const model = Object.values(config.models).find(
      (candidate) => candidate?.sha256 === sha256 && basename(candidate.path) === name,
    );
    if (!model) return await missing(reply);
    reply.type('application/octet-stream');
    await send(reply, join(model.path, '..'), basename(model.path), immutable);
  });
  http.get<{ Params: { '*': string } }>('/*', async (request, reply) => {
    const path = normalize(request.params['*']);
    if (path.startsWith('..') || path.endsWith('/')) return await missing(reply);
    await send(reply, config.webDir, path, revalidate);
  });
}

/** `GET /api/config`: what a screen needs before it is enrolled. */
export function configRoute(
  routes: Routes,
  config: ServerConfig,
  known: { publicUrl: () => string; maisons: () => Promise<RuntimeConfig['maisons']> },
): void {
  const offered = (part: keyof RuntimeConfig['models']): ModelFile | null => {
    const model = config.models[part];
    if (!model) return null;
    return { url: modelUrl(model), sha256: model.sha256, bytes: model.bytes, standIn: model.standIn };
  };
  const models = {
    face: offered('face'),
    hand: offered('hand'),
    body: offered('body'),
    hair: offered('hair'),
  };
  routes.serve('config.read', async () =>
    done({
      version: config.version,
      publicUrl: known.publicUrl(),
      maisons: await known.maisons(),
      models,
      wasmBaseUrl: '/mediapipe',
    }),
  );
}

async function send(reply: FastifyReply, root: string, file: string, cacheControl: string): Promise<void> {
  reply.header('cache-control', cacheControl);
  await reply.sendFile(file, root, { cacheControl: false });
}

async function missing(reply: FastifyReply): Promise<void> {
  await reply.code(404).send(wireErrorOf({ statusCode: 404 }));
}
