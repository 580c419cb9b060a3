import {
  firstTermOf,
  termsOf,
  type ClientChoice,
  type ClientConsent,
  type ClientPurpose,
  type ClientTerm,
} from '../protocol/client-context.ts';
import { readCard } from '../protocol/client-reference.ts';
import { consentTextVersion, purposeWords, termWords } from '../protocol/client-words.ts';
import type { Locale } from '../protocol/ids.ts';
import { make } from './element.ts';
import type { Phrase } from './words.ts';

/** What the client has filled in so far; kept while the page is drawn again, and nowhere else. */
export interface Draft {
  readonly chosen: Map<ClientPurpose, ClientTerm>;
  card: string;
}

/** The purposes, all off, the card, and yes and no of one size. */
export function chooseView(given: {
  readonly locale: Locale;
  readonly phrase: Phrase;
  /** What may be asked for. */
  readonly purposes: readonly ClientPurpose[];
  readonly draft: Draft;
  readonly problem: string | null;
  readonly busy: boolean;
  readonly onChange: () => void;
  readonly onYes: (consent: ClientConsent) => void;
  readonly onNo: () => void;
}): readonly Node[] {
  const { locale, phrase, draft, problem, busy } = given;
  const yes = make('button', {
    text: phrase('yes'),
    onClick: () => {
      const card = readCard(draft.card);
      if (card === null || draft.chosen.size === 0) return;
      const choices: ClientChoice[] = Array.from(draft.chosen, ([purpose, term]) => ({ purpose, term }));
      const reference = { kind: 'loyalty-card', value: card } as const;
      given.onYes({ reference, choices, textVersion: consentTextVersion, locale });
    },
  });
  const settle = () => {
    yes.disabled = busy || readCard(draft.card) === null || draft.chosen.size === 0;
  };
  const card = make('input');
  card.value = draft.card;
  card.autocomplete = 'off';
  card.autocapitalize = 'characters';
  card.spellcheck = false;
  card.maxLength = 128;
  card.addEventListener('input', () => {
    draft.card = card.value;
    settle();
  });
  settle();
  return [
    make('h1', { text: phrase('ask') }),
    make('p', { text: phrase('askWords') }),
    make('ul', { className: 'choices' }, ...given.purposes.map((purpose) => choice(purpose, given))),
    make('label', { className: 'card' }, make('span', { text: phrase('card') }), card),
    make('p', { className: 'problem', text: problem ?? '' }),
    make('div', { className: 'actions' }, yes, make('button', { text: phrase('no'), onClick: given.onNo })),
  ];
}

/** What is known for a purpose, and for how long where that is not the client's to choose. */
function scopeWords(purpose: ClientPurpose, locale: Locale): string {
  const term = firstTermOf(purpose);
  const isFixed = termsOf[purpose].length === 1 && term !== 'visit';
  const words = purposeWords[purpose].words[locale];
  return isFixed ? `${words} ${termWords[term][locale]}.` : words;
}

function choice(
  purpose: ClientPurpose,
  { draft, locale, onChange }: { draft: Draft; locale: Locale; onChange: () => void },
): HTMLElement {
  const words = purposeWords[purpose];
  const term = draft.chosen.get(purpose);
  const box = make('input');
  box.type = 'checkbox';
  box.checked = term !== undefined;
  box.addEventListener('change', () => {
    if (box.checked) draft.chosen.set(purpose, firstTermOf(purpose));
    else draft.chosen.delete(purpose);
    onChange();
  });
  const terms = termsOf[purpose].map((one) => {
    const radio = make('input');
    radio.type = 'radio';
    radio.name = `term-${purpose}`;
    radio.checked = one === term;
    radio.addEventListener('change', () => {
      draft.chosen.set(purpose, one);
      onChange();
    });
    return make('label', {}, radio, make('span', { text: termWords[one][locale] }));
  });
  return make(
    'li',
    {},
    make(
      'label',
      {},
      box,
      make(
        'span',
        {},
        make('strong', { text: words.title[locale] }),
        make('small', { text: scopeWords(purpose, locale) }),
      ),
    ),
    term !== undefined && terms.length > 1 ? make('div', { className: 'terms' }, ...terms) : null,
  );
}
