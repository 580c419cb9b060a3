/**
 * Keeps an element as high as it is until the touch that begins is over. What is below it does not slip from under the finger, whatever
 * the touch changes in it.
 */
export function keepThroughTouch(element: HTMLElement | null): void {
  if (!element) return;
  const { ownerDocument } = element;
  element.style.minBlockSize = `${element.offsetHeight}px`;
  const over = new AbortController();
  const release = (): void => {
    over.abort();
    // The click comes after the finger is gone.
    setTimeout(() => element.style.removeProperty('min-block-size'), 300);
  };
  for (const end of ['pointerup', 'pointercancel'])
    ownerDocument.addEventListener(end, release, { signal: over.signal });
}
