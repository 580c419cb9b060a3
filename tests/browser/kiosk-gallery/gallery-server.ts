import { collectionsDir } from '../../../tools/support/paths.ts';
import { serveBundledPage, type ServedPage } from '../../support/page-server.ts';

/** The kiosk's gallery, bundled as the kiosk is, beside the collections under the address that the server gives them. */
export function startGallery(port: number): Promise<ServedPage> {
  return serveBundledPage(import.meta.dirname, port, [{ at: '/collections/', path: collectionsDir }]);
}
