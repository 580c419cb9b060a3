import { Locale, type AdvisorId } from '../../protocol/ids.ts';

const key = 'vitrine-tablet-language';

/**
 * Which language was asked for on this tablet: by each advisor for themselves, whenever they sign in here again; before anybody has signed
 * in by whoever stands there, for as long as the page is open.
 */
export class LanguageChoices {
  readonly #tablet: Storage;
  readonly #page: Storage;

  constructor(tablet: Storage, page: Storage) {
    this.#tablet = tablet;
    this.#page = page;
  }

  /** Undefined is nobody. */
  read(advisorId: AdvisorId | undefined): Locale | null {
    const kept = advisorId === undefined ? this.#page.getItem(key) : this.#tablet.getItem(keyOf(advisorId));
    return Locale.options.find((locale) => locale === kept) ?? null;
  }

  keep(advisorId: AdvisorId | undefined, locale: Locale): void {
    if (advisorId === undefined) this.#page.setItem(key, locale);
    else this.#tablet.setItem(keyOf(advisorId), locale);
  }

  /** Somebody else will sign in. */
  forgetNobodys(): void {
    this.#page.removeItem(key);
  }

  /** Of who is no advisor of this boutique any more nothing is left, not even their id. */
  keepOnly(advisorIds: readonly AdvisorId[]): void {
    const kept = new Set([key, ...advisorIds.map(keyOf)]);
    const all = Array.from({ length: this.#tablet.length }, (_, at) => this.#tablet.key(at) ?? '');
    for (const one of all) if (one.startsWith(key) && !kept.has(one)) this.#tablet.removeItem(one);
  }
}

function keyOf(advisorId: AdvisorId): string {
  return `${key}.${advisorId}`;
}
