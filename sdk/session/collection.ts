import type { MaisonId } from '../../protocol/ids.ts';
import { Knowledge, knowledgeFaults } from '../../protocol/knowledge.ts';
import { Catalogue } from '../../protocol/product.ts';
import { RuntimeConfig } from '../../protocol/runtime-config.ts';
import { Theme } from '../../protocol/theme.ts';
import { messageOf, VitrineError } from '../core/vitrine-error.ts';

/** What one Maison shows, and where its files lie. */
export interface Collection {
  readonly catalogue: Catalogue;
  readonly theme: Theme;
  /** Address of the folder, with a slash at its end; the catalogue's paths are relative to it. */
  readonly baseUrl: string;
}

/** The part of `fetch` that is needed. */
export type FetchJson = (url: string) => Promise<Response>;

/** Something that a screen needs to start could not be had, or does not have the agreed form. */
export class CollectionError extends VitrineError<'collection-unreachable' | 'collection-unreadable'> {}

/** Reads `GET /api/config`. @throws CollectionError */
export function loadConfig(fetch: FetchJson): Promise<RuntimeConfig> {
  return read(fetch, '/api/config', (raw) => RuntimeConfig.parse(raw));
}

/** Reads a Maison's catalogue and theme. @throws CollectionError */
export async function loadCollection(fetch: FetchJson, maisonId: MaisonId): Promise<Collection> {
  const baseUrl = `/collections/${maisonId}/`;
  const [catalogue, theme] = await Promise.all([
    read(fetch, `${baseUrl}catalogue.json`, (raw) => Catalogue.parse(raw)),
    loadTheme(fetch, maisonId),
  ]);
  return { catalogue, theme, baseUrl };
}

/** Reads a Maison's look alone, for a page that shows no piece. @throws CollectionError */
export function loadTheme(fetch: FetchJson, maisonId: MaisonId): Promise<Theme> {
  return read(fetch, `/collections/${maisonId}/theme.json`, (raw) => Theme.parse(raw));
}

/**
 * Reads what the advisors of a Maison know of its pieces.
 *
 * @throws CollectionError also where it speaks of pieces that the catalogue does not have
 */
export function loadKnowledge(fetch: FetchJson, { catalogue, baseUrl }: Collection): Promise<Knowledge> {
  return read(fetch, `${baseUrl}knowledge.json`, (raw) => {
    const knowledge = Knowledge.parse(raw);
    const faults = knowledgeFaults(knowledge, catalogue);
    if (faults.length > 0) throw new Error(faults.join('; '));
    return knowledge;
  });
}

async function read<Value>(fetch: FetchJson, url: string, parse: (raw: unknown) => Value): Promise<Value> {
  let raw: unknown;
  try {
    const response = await fetch(url);
    if (!response.ok) throw new Error(`status ${response.status}`);
    raw = await response.json();
  } catch (cause) {
    throw new CollectionError(
      'collection-unreachable',
      `${url} cannot be had: ${messageOf(cause)}`,
      'Check that the server runs and that this device reaches it.',
      { cause },
    );
  }
  try {
    return parse(raw);
  } catch (cause) {
    throw new CollectionError(
      'collection-unreadable',
      `${url} does not have the agreed form: ${messageOf(cause)}`,
      'Bring device and server to the same version, and check the collection.',
      { cause },
    );
  }
}
