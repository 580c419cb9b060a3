// #region assets
import { trackerAssetsOf, type TrackerAssets } from 'vitrine';
import { RuntimeConfig } from 'vitrine/protocol';

/** What the Vitrine server at `base` offers a tracker; null where it has no model of a face. */
export async function readTrackerAssets(base: string | URL): Promise<TrackerAssets | null> {
  const response = await fetch(new URL('api/config', base));
  return trackerAssetsOf(RuntimeConfig.parse(await response.json()), base);
}
// #endregion
