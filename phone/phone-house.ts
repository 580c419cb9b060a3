import type * as z from 'zod/mini';
import type { ClientConsent, ClientPurpose } from '../protocol/client-context.ts';
import { PhoneOpenReply, PhoneReply } from '../protocol/client-phone.ts';
import { TakeawayReply } from '../protocol/sale.ts';
import type { Locale, MaisonId, Sku } from '../protocol/ids.ts';
import { WishListReply } from '../protocol/wish-list.ts';
import { WireError, type Answer } from '../protocol/errors.ts';

/** The boutique's server as the client's phone asks it. Secrets go in bodies only. */
export class PhoneHouse {
  readonly #fetch: typeof fetch;

  constructor(fetchHere: typeof fetch) {
    this.#fetch = fetchHere;
  }

  open(secret: string): Promise<Answer<PhoneOpenReply>> {
    return this.#post('open', { secret }, PhoneOpenReply);
  }
  take(secret: string, locale: Locale): Promise<Answer<TakeawayReply>> {
    return this.#post('/api/appointments/take', { secret, locale }, TakeawayReply);
  }
  makeList(maisonId: MaisonId, id: string, skus: readonly Sku[]): Promise<Answer<WishListReply>> {
    return this.#post(`/api/wishlists/${maisonId}/phone`, { id, skus }, WishListReply);
  }
  read(key: string): Promise<Answer<PhoneReply>> {
    return this.#post('read', { key }, PhoneReply);
  }
  consent(key: string, consent: ClientConsent): Promise<Answer<PhoneReply>> {
    return this.#post('consent', { key, consent }, PhoneReply);
  }
  withdraw(key: string, purpose: ClientPurpose | null): Promise<Answer<PhoneReply>> {
    return this.#post('withdraw', { key, purpose }, PhoneReply);
  }
  erase(key: string): Promise<Answer<PhoneReply>> {
    return this.#post('erase', { key }, PhoneReply);
  }

  async #post<Schema extends z.core.$ZodType & { parse(value: unknown): z.output<Schema> }>(
    path: string,
    body: unknown,
    schema: Schema,
  ): Promise<Answer<z.output<Schema>>> {
    try {
      const response = await this.#fetch(path.startsWith('/') ? path : `/api/clients/phone/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
        cache: 'no-store',
        credentials: 'omit',
      });
      const json: unknown = await response.json();
      if (response.ok) return { ok: true, value: schema.parse(json) };
      return { ok: false, error: WireError.parse(json) };
    } catch {
      // A phone loses its network at any moment, and a page half read is no answer: the client tries again.
      return { ok: false, error: { code: 'unreachable', message: 'The boutique did not answer.' } };
    }
  }
}
