import type { RuntimeConfig } from '../../protocol/runtime-config.ts';
import type { ModelAsset, TrackerAssets } from './worker-messages.ts';

/** What a tracker reads, from what a server offers below `baseUrl`; null where it has no face model. */
export function trackerAssetsOf(
  { models, wasmBaseUrl }: Pick<RuntimeConfig, 'models' | 'wasmBaseUrl'>,
  baseUrl: string | URL,
): TrackerAssets | null {
  const asset = (model: { readonly url: string; readonly sha256: string }): ModelAsset => ({
    url: new URL(model.url, baseUrl).href,
    sha256: model.sha256,
  });
  if (models.face === null) return null;
  return {
    wasmBaseUrl: new URL(wasmBaseUrl, baseUrl).href,
    models: {
      face: asset(models.face),
      ...(models.hand === null ? {} : { hand: asset(models.hand) }),
      ...(models.body === null ? {} : { body: asset(models.body) }),
      ...(models.hair ? { hair: asset(models.hair) } : {}),
    },
  };
}
