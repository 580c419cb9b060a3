import type { Locale } from '../protocol/ids.ts';
import { posterOf, type Category, type Piece, type Variant } from '../protocol/product.ts';
import { qrPath } from '../sdk/core/qr-path.ts';
import { kindWords } from '../sdk/fit/piece-words.ts';
import { make } from './element.ts';
import type { ListDesk } from './list-desk.ts';
import type { Phrase } from './words.ts';

interface ListViewFacts {
  readonly locale: Locale;
  readonly phrase: Phrase;
  readonly onChange: () => void;
}

/** The list that a client makes for the boutique: the choice among the house's pieces, then the code. */
export function listView(desk: ListDesk, facts: ListViewFacts): readonly Node[] {
  return desk.made ? codeView(desk, desk.made, facts) : pickView(desk, facts);
}

function pickView(desk: ListDesk, { locale, phrase, onChange }: ListViewFacts): readonly Node[] {
  const { catalogue } = desk.collection;
  const show = make('button', {
    className: 'wide-button',
    onClick: () => void desk.make(onChange),
  });
  const full = make('p', { className: 'quiet' });
  full.setAttribute('role', 'status');
  const boxes: HTMLInputElement[] = [];
  const settle = () => {
    const { length } = desk.chosen;
    show.textContent = length > 0 ? `${phrase('listShow')} (${length})` : phrase('listShow');
    show.disabled = desk.busy || length === 0;
    full.textContent = desk.isFull ? phrase('listFull') : '';
    for (const box of boxes) box.disabled = desk.busy || (desk.isFull && !box.checked);
  };
  const row = (piece: Piece, variant: Variant) => {
    const box = make('input');
    box.type = 'checkbox';
    box.checked = desk.chosen.includes(variant.sku);
    box.addEventListener('change', () => {
      desk.choose(variant.sku, box.checked);
      settle();
    });
    boxes.push(box);
    return make(
      'li',
      {},
      make(
        'label',
        { className: 'piece' },
        picture(desk, piece, variant),
        make('span', {}, make('span', { text: piece.name }), make('small', { text: variant.name[locale] })),
        box,
      ),
    );
  };
  const kinds = [...new Set(catalogue.pieces.map(({ category }) => category))];
  const sections = kinds.map((kind: Category) =>
    make(
      'section',
      {},
      make('h2', { text: kindWords(kind, locale) }),
      make(
        'ul',
        { className: 'pieces' },
        ...catalogue.pieces
          .filter(({ category }) => category === kind)
          .flatMap((piece) => piece.variants.map((variant) => row(piece, variant))),
      ),
    ),
  );
  settle();
  return [
    make('h1', { text: phrase('listTitle') }),
    make('p', { text: phrase('listWords') }),
    ...sections,
    make(
      'div',
      { className: 'list-foot' },
      make('p', { className: 'problem', text: problemOf(desk, phrase) ?? '' }),
      full,
      show,
    ),
  ];
}

function codeView(
  desk: ListDesk,
  { text, expiresAtMs }: { readonly text: string; readonly expiresAtMs: number },
  { locale, phrase, onChange }: ListViewFacts,
): readonly Node[] {
  const day = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'fr-FR', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: '2-digit',
    minute: '2-digit',
  }).format(expiresAtMs);
  return [
    make('h1', { text: phrase('listCode') }),
    make('p', { text: phrase('listHold') }),
    codeMark(text, phrase('listCode')),
    make('p', { text: phrase('listUntil', day) }),
    make(
      'ul',
      { className: 'pieces' },
      ...desk
        .pieces()
        .map(({ piece, variant }) =>
          make(
            'li',
            { className: 'piece' },
            picture(desk, piece, variant),
            make(
              'span',
              {},
              make('span', { text: piece.name }),
              make('small', { text: variant.name[locale] }),
            ),
          ),
        ),
    ),
    make('p', { className: 'quiet', text: phrase('listNames') }),
    make(
      'div',
      { className: 'actions' },
      make('button', {
        text: phrase('listChange'),
        onClick: () => {
          desk.change();
          onChange();
        },
      }),
    ),
  ];
}

/** Dark on light whatever the house's look: readers want it so. */
function codeMark(text: string, label: string): SVGSVGElement {
  const namespace = 'http://www.w3.org/2000/svg';
  const { size, path } = qrPath(text);
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'code-mark');
  svg.setAttribute('viewBox', `-4 -4 ${size + 8} ${size + 8}`);
  svg.setAttribute('shape-rendering', 'crispEdges');
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', label);
  const modules = document.createElementNS(namespace, 'path');
  modules.setAttribute('d', path);
  modules.setAttribute('fill', 'currentColor');
  svg.append(modules);
  return svg;
}

function picture(desk: ListDesk, piece: Piece, variant: Variant): HTMLElement {
  const path = posterOf(piece, variant);
  if (path === null) return make('span', { className: 'piece-picture' });
  const image = make('img', { className: 'piece-picture' });
  image.src = desk.collection.baseUrl + path;
  image.alt = '';
  image.loading = 'lazy';
  return image;
}

function problemOf({ problem }: ListDesk, phrase: Phrase): string | null {
  switch (problem) {
    case null:
      return null;
    case 'unknown-sku':
      return phrase('listGone');
    case 'rate-limited':
      return phrase('listBusy');
    default:
      return `${phrase('away')}. ${phrase('awayWords')}`;
  }
}
