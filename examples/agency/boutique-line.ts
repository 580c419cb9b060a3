// #region join
import { ActivationError, joinActivation, type ActivationPage, type StockLine } from 'vitrine';

/** Joins the page to its activation; null where this browser or this key cannot. The rest is told by `state`. */
export async function openBoutique(
  server: string,
  activation: string,
  tell: (sentence: string) => void,
): Promise<ActivationPage | null> {
  try {
    const page = await joinActivation({ server, activation });
    page.events.on('problem', ({ code, message, advice }) => tell(`${code}: ${message} ${advice}`));
    return page;
  } catch (fault) {
    if (!(fault instanceof ActivationError)) throw fault;
    tell(`${fault.code}: ${fault.message} ${fault.advice}`);
    return null;
  }
}
// #endregion

// #region stock
/** A number is said as current only while it is; every other one is said with its age. */
export function stockText({ here, freshness }: StockLine): string {
  const age =
    freshness.kind === 'stale' ? ` (as of ${new Date(freshness.asOfMs).toLocaleTimeString('en-GB')})` : '';
  switch (here.kind) {
    case 'here-many':
      return `${here.count} in the boutique${age}`;
    case 'one-left':
      return `The last one in the boutique${age}`;
    case 'none-here-nearby':
      return `At ${here.places.map(({ store }) => store.name).join(', ')}${age}`;
    case 'held':
      return `Kept for you${age}`;
    case 'none':
      return `Not in the boutique${age}`;
    case 'unknown':
      return 'Ask in the boutique';
  }
}

/** Shows one piece's stock for as long as the page is open. Returns what ends it. */
export function showStock(
  page: ActivationPage,
  sku: string,
  element: { textContent: string | null },
): () => void {
  const show = (): void => {
    const line = page.stock(sku);
    element.textContent = line ? stockText(line) : '';
  };
  show();
  return page.subscribe(show);
}
// #endregion

// #region call
/** What a page offers while an advisor is called: the digits are compared by the client, and by nobody else. */
export interface CallScreen {
  readonly say: (sentence: string) => void;
  readonly askDigits: (advisor: string, digits: string) => Promise<boolean>;
}

/** Calls an advisor, and hands over what the client kept once they have said yes. */
export async function callAdvisor(page: ActivationPage, kept: string[], screen: CallScreen): Promise<void> {
  const called = await page.callAdvisor();
  if (!called.ok) return screen.say(called.error.message);
  let asked = false;
  const end = page.subscribe(() => {
    const { call } = page.state.get();
    if (call.kind === 'answered' && !asked) {
      asked = true;
      void screen
        .askDigits(call.advisor, call.digits)
        .then((same) => (same ? page.confirm({ locale: 'en', kept }) : page.decline()));
    }
    if (call.kind === 'assisted') screen.say(`You are with ${call.advisor}.`);
    if (call.kind === 'none') screen.say('The call has ended.');
    if (call.kind === 'assisted' || call.kind === 'none') end();
  });
}
// #endregion
