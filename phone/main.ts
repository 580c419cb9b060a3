import '../sdk/fonts/bodoni-moda.css';
import '@fontsource-variable/hanken-grotesk/wght.css';
import '@fontsource-variable/schibsted-grotesk/wght.css';
import './phone.css';
import type { ClientConsent, ClientPurpose } from '../protocol/client-context.ts';
import type { PhoneReply } from '../protocol/client-phone.ts';
import type { TakeawayReply } from '../protocol/sale.ts';
import type { Answer, WireError } from '../protocol/errors.ts';
import { MaisonId, type Locale } from '../protocol/ids.ts';
import { loadCollection, loadTheme } from '../sdk/session/collection.ts';
import { applyTheme } from '../sdk/session/theme-variables.ts';
import { chooseView, type Draft } from './choose-view.ts';
import { make } from './element.ts';
import { ListDesk, readListFields, type ListFields } from './list-desk.ts';
import { listView } from './list-view.ts';
import { knownView } from './known-view.ts';
import { PhoneHouse } from './phone-house.ts';
import { takeView } from './take-view.ts';
import { say, type Phrase } from './words.ts';

/** While the house still erases, the page looks again this often. */
const lookAgainMs = 5_000;

/**
 * The client's own page: it stores nothing on the phone and tells nobody but the boutique's server. Its secret stands behind the `#` of its
 * address, which is all that the client keeps.
 */
class PhonePage {
  readonly #root: HTMLElement;
  readonly #house: PhoneHouse;
  readonly #draft: Draft = { chosen: new Map(), card: '' };
  #locale: Locale;
  #key: string | null = null;
  #told: PhoneReply | null = null;
  #taken: TakeawayReply | null = null;
  #list: ListDesk | null = null;
  #problem: WireError['code'] | null = null;
  #busy = false;
  #saidNo = false;
  #dressedAs: MaisonId | null = null;
  /** Whether this page has ever had a yes: then it can withdraw and erase. */
  #isOwn = false;

  constructor(root: HTMLElement, house: PhoneHouse, locale: Locale) {
    this.#root = root;
    this.#house = house;
    this.#locale = locale;
  }

  async start(hash: string): Promise<void> {
    this.#draw();
    const fields = new URLSearchParams(hash.replace(/^#/, ''));
    const maisonId = MaisonId.safeParse(fields.get('maison'));
    if (maisonId.success) return await this.#openList(maisonId.data, readListFields(fields, Date.now()));
    const take = fields.get('take');
    if (take !== null) {
      const taken = await this.#house.take(take, this.#locale);
      if (!taken.ok) return this.#fail(taken.error);
      this.#taken = taken.value;
      document.title = taken.value.maisonName;
      await this.#dress(taken.value.maisonId);
      return this.#draw();
    }
    const secret = fields.get('open');
    if (secret === null) this.#key = fields.get('key');
    else {
      const opened = await this.#house.open(secret);
      if (!opened.ok) return this.#fail(opened.error);
      this.#key = opened.value.key;
      // The mark is used up; from here on the address is the client's own.
      history.replaceState(null, '', `#key=${opened.value.key}`);
    }
    await this.#do((key) => this.#house.read(key));
  }

  /** A list for the boutique, from the house's public catalogue. It stands in the page's address, and nowhere else on the phone. */
  async #openList(maisonId: MaisonId, fields: ListFields): Promise<void> {
    const collection = await loadCollection((url) => fetch(url), maisonId).catch(() => null);
    if (collection === null) return this.#fail({ code: 'unreachable', message: 'no catalogue' });
    this.#list = new ListDesk(collection, fields, (id, skus) => this.#house.makeList(maisonId, id, skus));
    document.title = collection.catalogue.maisonName;
    await this.#dress(maisonId);
    this.#draw();
  }

  async #do(work: (key: string) => Promise<Answer<PhoneReply>>): Promise<void> {
    if (this.#key === null) return this.#fail({ code: 'code-expired', message: 'no key' });
    this.#busy = true;
    this.#problem = null;
    this.#draw();
    const answer = await work(this.#key);
    this.#busy = false;
    if (!answer.ok) return this.#fail(answer.error);
    this.#told = answer.value;
    this.#isOwn ||= answer.value.reading.known !== null;
    const { place } = answer.value;
    document.title = place.maisonName;
    await this.#dress(place.maisonId);
    this.#draw();
    const { erasure } = answer.value.reading;
    if (erasure?.state === 'asked') {
      setTimeout(() => void this.#do((key) => this.#house.read(key)), lookAgainMs);
    }
  }

  /** Puts the Maison's look on. Without it the page is plain, and works. */
  async #dress(maisonId: MaisonId): Promise<void> {
    if (this.#dressedAs === maisonId) return;
    const theme = await loadTheme((url) => fetch(url), maisonId).catch(() => null);
    if (theme === null) return;
    applyTheme(document.documentElement, theme);
    document.documentElement.dataset['display'] = theme.fonts.display;
    this.#dressedAs = maisonId;
  }

  #fail({ code }: WireError): void {
    this.#busy = false;
    this.#problem = code;
    this.#draw();
  }

  #draw(): void {
    document.documentElement.lang = this.#locale;
    const phrase: Phrase = (id, day) => say(this.#locale, id, day);
    const other = make('button', {
      className: 'small',
      text: phrase('other'),
      onClick: () => {
        this.#locale = this.#locale === 'en' ? 'fr' : 'en';
        this.#draw();
      },
    });
    const { place } = this.#told ?? {};
    const house = this.#list?.collection.catalogue.maisonName ?? this.#taken?.maisonName;
    const where = place ? `${place.maisonName}, ${place.storeName}` : (house ?? '');
    const head = make('header', {}, make('span', { text: where }), other);
    this.#root.replaceChildren(head, ...this.#view(phrase));
  }

  #view(phrase: Phrase): readonly Node[] {
    const told = this.#told;
    const list = this.#list;
    if (list) {
      const onChange = () => {
        history.replaceState(null, '', list.fragment());
        this.#draw();
        scrollTo(0, 0);
      };
      return listView(list, { locale: this.#locale, phrase, onChange });
    }
    const taken = this.#taken;
    if (taken)
      return takeView(taken, {
        locale: this.#locale,
        phrase,
        onList: () => void this.#openList(taken.maisonId, { skus: [], made: null }),
      });
    if (this.#problem === 'code-expired' || this.#problem === 'code-unknown') {
      return [make('h1', { text: phrase('gone') }), make('p', { text: phrase('goneWords') })];
    }
    if (!told) return this.#problem === null ? [make('p', { text: phrase('wait') })] : this.#away(phrase);
    const { reading, visitIsOpen } = told;
    if (reading.erasure && !reading.known) return [make('h1', { text: phrase(reading.erasure.state) })];
    const common = { locale: this.#locale, phrase, problem: this.#problemWords(phrase), busy: this.#busy };
    if (reading.known || this.#isOwn) {
      return knownView(told, {
        ...common,
        onStop: (purpose: ClientPurpose) => void this.#do((key) => this.#house.withdraw(key, purpose)),
        onForget: () => void this.#do((key) => this.#house.erase(key)),
      });
    }
    if (this.#saidNo) return [make('h1', { text: phrase('none') })];
    if (!visitIsOpen) return [make('h1', { text: phrase('closed') })];
    return chooseView({
      ...common,
      purposes: reading.purposes,
      draft: this.#draft,
      onChange: () => this.#draw(),
      onYes: (consent: ClientConsent) => void this.#do((key) => this.#house.consent(key, consent)),
      onNo: () => {
        this.#saidNo = true;
        this.#draw();
      },
    });
  }

  #away(phrase: Phrase): readonly Node[] {
    const again = { text: phrase('again'), onClick: () => location.reload() };
    return [
      make('h1', { text: phrase('away') }),
      make('p', { text: phrase('awayWords') }),
      make('div', { className: 'actions' }, make('button', again)),
    ];
  }

  #problemWords(phrase: Phrase): string | null {
    switch (this.#problem) {
      case null:
        return null;
      case 'client-unknown':
        return phrase('unknown');
      case 'code-locked':
        return phrase('locked');
      case 'conflict':
        return phrase('conflict');
      default:
        return `${phrase('away')}. ${phrase('awayWords')}`;
    }
  }
}

const root = document.getElementById('phone');
if (root) {
  const locale = navigator.language.startsWith('fr') ? 'fr' : 'en';
  const house = new PhoneHouse((input, init) => fetch(input, init));
  void new PhonePage(root, house, locale).start(location.hash);
}
