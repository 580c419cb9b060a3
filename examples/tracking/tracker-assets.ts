// #region assets
import type { ModelAsset, TrackerAssets } from 'vitrine';
import type { ModelFile } from 'vitrine/protocol';
import { RuntimeConfig } from 'vitrine/protocol';

/** What the Vitrine server at `base` offers a tracker; null where it has no model of a face. */
export async function readTrackerAssets(base: string | URL): Promise<TrackerAssets | null> {
  const response = await fetch(new URL('api/config', base));
  const { models, wasmBaseUrl } = RuntimeConfig.parse(await response.json());
  const asset = ({ url, sha256 }: ModelFile): ModelAsset => ({ url: new URL(url, base).href, sha256 });
  const { face, hand, body } = models;
  if (face === null) return null;
  return {
    wasmBaseUrl: new URL(wasmBaseUrl, base).href,
    models: {
      face: asset(face),
      ...(hand === null ? {} : { hand: asset(hand) }),
      ...(body === null ? {} : { body: asset(body) }),
    },
  };
}
// #endregion
