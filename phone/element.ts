/** What a made element may be given. */
export interface ElementFacts {
  readonly className?: string;
  readonly text?: string;
  readonly onClick?: () => void;
  readonly disabled?: boolean;
}

/** Makes an element; text is always text, never markup. */
export function make<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  { className, text, onClick, disabled }: ElementFacts = {},
  ...children: readonly (Node | null)[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  if (className !== undefined) element.className = className;
  if (text !== undefined) element.textContent = text;
  if (onClick) element.addEventListener('click', onClick);
  if (disabled && element instanceof HTMLButtonElement) element.disabled = true;
  element.append(...children.filter((child) => child !== null));
  return element;
}
