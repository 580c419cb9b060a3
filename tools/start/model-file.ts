import { stat } from 'node:fs/promises';
import type { ServerConfig } from '../../server/server-config.ts';
import type { FoundModel } from '../models/find-models.ts';

const servedParts = ['face', 'hand', 'body', 'hair'] as const;

/** The found models that screens read, as the server serves them; their addresses are the server's to give. */
export async function servedModels(found: readonly FoundModel[]): Promise<ServerConfig['models']> {
  const served = await Promise.all(
    servedParts.map(async (part) => {
      const model = found.find(({ spec }) => spec.id === part);
      return model ? { [part]: await modelFileOf(model) } : {};
    }),
  );
  return Object.assign({}, ...served) as ServerConfig['models'];
}

async function modelFileOf({ path, sha256, standIn }: FoundModel) {
  const { size } = await stat(path);
  return { path, sha256, standIn, bytes: size, url: '' };
}
