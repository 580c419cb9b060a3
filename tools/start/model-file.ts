import { stat } from 'node:fs/promises';
import type { FoundModel } from '../models/find-models.ts';

/** A found model as the server serves it; its address is the server's to give. */
export async function modelFileOf({ path, sha256, standIn }: FoundModel) {
  const { size } = await stat(path);
  return { path, sha256, standIn, bytes: size, url: '' };
}
