import type { Theme } from '../../protocol/theme.ts';
import { applyTheme } from '../../sdk/session/theme-variables.ts';
import { guessPanel, isPanelName, measurePanel, panels, type PanelName } from './panel.ts';

const panelKey = 'vitrine.panel';

/** Which panel this is: named in the address once and remembered, else the best guess. */
export function choosePanel(search: string, storage: Storage, page: Window): PanelName {
  const named = new URLSearchParams(search).get('panel');
  if (isPanelName(named)) storage.setItem(panelKey, named);
  const remembered = storage.getItem(panelKey);
  if (isPanelName(remembered)) return remembered;
  return guessPanel({
    widthPx: page.innerWidth,
    heightPx: page.innerHeight,
    coarsePointer: page.matchMedia('(pointer: coarse)').matches,
  });
}

/** Puts the Maison's look on the page, in the panel's millimetres. Through the CSSOM, which a strict policy allows. */
export function applyLook(page: Window, theme: Theme, panelName: PanelName): void {
  const root = page.document.documentElement;
  const measures = measurePanel(panels[panelName], page.innerWidth, page.innerHeight);
  applyTheme(root, theme);
  root.dataset['panel'] = panelName;
  root.dataset['display'] = theme.fonts.display;
  root.dataset['shape'] = page.innerWidth > page.innerHeight * 1.15 ? 'wide' : 'tall';
  root.style.setProperty('--mm', `${measures.mmPx}px`);
  root.style.setProperty('--u', `${measures.unitPx}px`);
  root.style.setProperty('--target', `${measures.targetPx}px`);
  root.style.setProperty('--reach', `${measures.reachPx}px`);
  root.style.setProperty('--corner', `${theme.cornerMm * measures.mmPx}px`);
  page.document.querySelector('meta[name="theme-color"]')?.setAttribute('content', theme.colours.ground);
}
