/** The demo of the embed: what an agency would write on its own page. It knows the element by its attributes and events only. */
const choices = [
  { maison: 'norde', piece: 'meridian-58', variant: 'gold-green', label: 'Norde Meridian 58, gold' },
  { maison: 'norde', piece: 'fjord-51', variant: 'tortoise', label: 'Norde Fjord 51, tortoise' },
  { maison: 'aurelle', piece: 'halo-54', variant: 'rose-gold', label: 'Aurelle Halo 54, rose gold' },
] as const;

const heard = ['ready', 'tracking', 'piece-change', 'quality', 'error'] as const;
const keptLines = 12;

const element = find('vitrine-try-on');
const camera = new URLSearchParams(location.search).get('camera');
if (camera !== null) element.setAttribute('camera', camera);
// What the address asks of the drawn visitor, it is told as it is.
element.setAttribute('visitor', location.search.slice(1));
const events = find('#events');
const group = find('#choices');

for (const choice of choices) {
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = choice.label;
  button.addEventListener('click', () => {
    element.setAttribute('maison', choice.maison);
    element.setAttribute('piece', choice.piece);
    element.setAttribute('variant', choice.variant);
    markChosen();
  });
  button.dataset['piece'] = choice.piece;
  group.append(button);
}
markChosen();

for (const name of heard) {
  element.addEventListener(name, (event) => {
    const line = document.createElement('li');
    line.textContent = `${name} ${event instanceof CustomEvent ? JSON.stringify(event.detail) : ''}`;
    events.prepend(line);
    while (events.childElementCount > keptLines) events.lastElementChild?.remove();
  });
}

function markChosen(): void {
  for (const button of group.querySelectorAll('button')) {
    button.setAttribute('aria-pressed', String(button.dataset['piece'] === element.getAttribute('piece')));
  }
}

function find(selector: string): HTMLElement {
  const found = document.querySelector<HTMLElement>(selector);
  if (!found) throw new Error(`The page lacks ${selector}.`);
  return found;
}
