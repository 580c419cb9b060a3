// #region verify
import { compactVerify, createRemoteJWKSet, type CompactVerifyGetKey } from 'jose';
import { AttributionRecord } from 'vitrine/protocol';

/** The public keys of a Maison, fetched when they are first needed and again when a record names another. */
export function maisonKeys(server: string | URL, maisonId: string): CompactVerifyGetKey {
  return createRemoteJWKSet(new URL(`api/attributions/${maisonId}/keys.json`, server));
}

/**
 * Who is credited for an order of this Maison.
 *
 * @throws an error of `jose` where no key of the Maison signed it; Error where it is of another Maison or another kind
 */
export async function verifyAttribution(
  record: string,
  maisonId: string,
  keys: CompactVerifyGetKey,
): Promise<AttributionRecord> {
  const { payload, protectedHeader } = await compactVerify(record, keys, { algorithms: ['ES256'] });
  if (protectedHeader.typ !== 'vitrine-attribution+jwt') throw new Error('This is no attribution.');
  const read = AttributionRecord.parse(JSON.parse(new TextDecoder().decode(payload)));
  if (read.maisonId !== maisonId) throw new Error(`This order is of ${read.maisonId}.`);
  return read;
}
// #endregion
