import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Offer } from '../../protocol/handoff.ts';
import type { SessionFact } from '../../protocol/session.ts';
import { TestClock } from '../server/support/test-clock.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { screenFaults } from '../support/screen-faults.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

const portrait = { width: 1024, height: 1366 };
/** Boutiques of Norde whose advisors speak English. */
const mayfair = 1;
const stockholm = 2;
const sku = 'fjord-51.tortoise';

/** Opens a fresh browser as a tablet of a boutique, by its link. */
async function openTablet(browser: Browser, house: RunningHouse, storeIndex = mayfair): Promise<Page> {
  const context: BrowserContext = await browser.newContext({ viewport: portrait, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(await house.link('tablet', 'norde', storeIndex));
  await page.locator('.advisor').first().waitFor();
  return page;
}

async function signIn(page: Page, pin: string): Promise<void> {
  await page.locator('.advisor').first().click();
  for (const digit of pin) await page.getByRole('button', { name: digit, exact: true }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
}

/** A mirror that is played by hand, over a real socket. */
async function connectKiosk(house: RunningHouse, storeIndex = mayfair): Promise<TestDevice> {
  const code = new URL(await house.link('kiosk', 'norde', storeIndex)).hash.replace('#enrol=', '');
  const kiosk = await TestDevice.enrol(house.server.url, 'kiosk', code);
  await kiosk.connect();
  return kiosk;
}

async function openOffer(kiosk: TestDevice): Promise<Offer> {
  const offer = await kiosk.command('offer.open', {});
  if (!offer.ok) throw new Error(offer.error.message);
  return offer.value;
}

async function typeCode(page: Page, code: string): Promise<void> {
  await page.getByLabel('Code on the mirror').fill(code);
  await page.getByRole('button', { name: 'Go to this client' }).click();
}

/** The next fact of this type that the mirror hears. */
async function hears<Type extends SessionFact['type']>(
  kiosk: TestDevice,
  type: Type,
): Promise<Extract<SessionFact, { type: Type }>> {
  const isFact = (fact: SessionFact): fact is Extract<SessionFact, { type: Type }> => fact.type === type;
  const frame = await kiosk.next('session.events', ({ events }) => events.some(({ fact }) => isFact(fact)));
  const fact = frame.events.map((event) => event.fact).find(isFact);
  if (!fact) throw new Error(`no ${type} in the frame`);
  return fact;
}

async function expectNoViolation(page: Page): Promise<void> {
  expect(await screenFaults(page)).toEqual([]);
}

describeOnHost("the advisor's tablet", ['chromium'], () => {
  const clock = new TestClock();
  let house: RunningHouse;
  let browser: Browser;

  beforeAll(async () => {
    house = await startHouse({ clock, withModels: false });
    browser = await launchChromium({ draws3d: false });
  });

  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  it('asks for its code where nobody knows it yet', async () => {
    const context = await browser.newContext({ viewport: portrait, locale: 'en-GB' });
    const page = await context.newPage();
    await page.goto(`${house.server.url}/advisor/?maison=norde`);
    await page.getByRole('textbox').waitFor();
    await expectNoViolation(page);
    await context.close();
  });

  it('is led from the mirror that calls to the shortlist that stays', async () => {
    const kiosk = await connectKiosk(house);
    const page = await openTablet(browser, house);
    expect(page.url()).not.toContain('#');
    await expectNoViolation(page);

    await page.locator('.advisor').first().click();
    await expectNoViolation(page);
    for (let digit = 0; digit < 4; digit += 1) await page.keyboard.press('9');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('Not your PIN').waitFor();
    for (const digit of house.demoPin('norde')) await page.keyboard.press(digit);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByText('No mirror is calling.').waitFor();
    await expectNoViolation(page);

    await page.getByRole('button', { name: 'Read up on a piece' }).click();
    const sheet = page.getByRole('dialog');
    await sheet.getByRole('button', { name: /^Lund/ }).click();
    await sheet.getByText('Two needles pass through every hole').waitFor();
    await expectNoViolation(page);
    await sheet.getByRole('button', { name: /^Nord 39 Black dial/ }).click();
    await sheet.getByRole('heading', { name: 'Nord 39' }).waitFor();
    await sheet.getByRole('button', { name: 'One page back' }).click();
    await sheet.getByRole('heading', { name: 'Lund' }).waitFor();
    // Nobody is there to whom anything could be proposed.
    expect(await sheet.getByRole('button', { name: /^Propose/ }).count()).toBe(0);
    await sheet.getByRole('button', { name: 'Close' }).click();

    const offer = await openOffer(kiosk);
    await page.getByText('Calling since').waitFor();
    await expectNoViolation(page);
    // As a person types it: small letters, a dash, and the letter O for a zero.
    await typeCode(
      page,
      `${offer.code.slice(0, 4)}-${offer.code.slice(4)}`.toLowerCase().replaceAll('0', 'o'),
    );
    const claim = await kiosk.next('offer.claimed');
    await page.getByText('Ask the client to compare').waitFor();
    expect(await page.locator('.digits').textContent()).toContain(claim.digits);
    await expectNoViolation(page);

    const nowMs = clock.nowMs();
    const confirmed = await kiosk.command('offer.confirm', {
      offerId: offer.offerId,
      summary: {
        locale: 'en',
        startedAtMs: nowMs - 300_000,
        worn: { pieceId: 'fjord-51', variantId: 'tortoise' },
        tried: [
          { pieceId: 'fjord-51', variantId: 'tortoise', seconds: 90 },
          { pieceId: 'meridian-58', variantId: 'gold-green', seconds: 150 },
        ],
        kept: ['meridian-58.gold-green'],
      },
    });
    expect(confirmed.ok).toBe(true);
    await page.getByRole('heading', { level: 1, name: 'Fjord 51' }).waitFor();
    expect(await page.locator('.list', { hasText: 'Kept' }).textContent()).toContain('Meridian 58');
    expect(await page.locator('.list', { hasText: 'Tried' }).textContent()).toContain('3 min');
    await expectNoViolation(page);

    await page.getByRole('button', { name: 'About Fjord 51' }).click();
    await sheet.getByText('three days').waitFor();
    await sheet.getByRole('button', { name: /^Propose with it: Nord 39/ }).click();
    expect(await hears(kiosk, 'look-proposed')).toMatchObject({
      look: [
        { pieceId: 'nord-39', variantId: 'blue' },
        { pieceId: 'fjord-51', variantId: 'tortoise' },
      ],
    });
    await sheet.getByRole('button', { name: 'Close' }).click();

    await page.getByText('Smoke crystal', { exact: true }).first().click();
    expect(await hears(kiosk, 'worn')).toMatchObject({ worn: { pieceId: 'fjord-51', variantId: 'smoke' } });
    await page.getByRole('heading', { level: 1, name: 'Fjord 51' }).waitFor();
    await page.getByRole('button', { name: 'About Fjord 51' }).click();
    // In the finish that the client wears.
    await sheet.locator('.knowledge-head img[src*="smoke"]').waitFor();
    // What goes with it stands at the foot, and is read from its head.
    await sheet.locator('.pieces .piece-row-main').first().click();
    await sheet.getByRole('button', { name: 'One page back' }).waitFor();
    const scrolled = () => page.locator('.sheet').evaluate((scroller) => scroller.scrollTop);
    expect(await scrolled()).toBe(0);
    await sheet.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Change piece' }).click();
    await page.getByRole('dialog').waitFor();
    await expectNoViolation(page);
    await page.getByRole('dialog').getByRole('button', { name: 'Fjord 51, Tortoise' }).click();
    expect(await hears(kiosk, 'worn')).toMatchObject({ worn: { variantId: 'tortoise' } });

    await page.getByRole('button', { name: 'Keep Fjord 51, Tortoise' }).click();
    expect(await hears(kiosk, 'kept')).toMatchObject({ sku });

    await page.getByRole('button', { name: 'Hold for this client' }).click();
    const { hold } = await hears(kiosk, 'hold-placed');
    expect(hold).toMatchObject({ sku, state: 'active' });
    await page
      .locator('.held')
      .getByText(/^(20:00|19:\d\d) left$/)
      .waitFor();
    await expectNoViolation(page);

    clock.advance(hold.expiresAtMs - clock.nowMs());
    expect(await hears(kiosk, 'hold-ended')).toMatchObject({ holdId: hold.id, state: 'expired' });
    await page.getByRole('button', { name: 'Hold for this client' }).click();
    await hears(kiosk, 'hold-placed');

    await page.getByRole('button', { name: 'Close the visit' }).click();
    await page.getByRole('alertdialog').waitFor();
    await expectNoViolation(page);
    await page.getByRole('button', { name: 'Close and wipe the mirror' }).click();
    expect(await hears(kiosk, 'closed')).toMatchObject({ reason: 'advisor' });
    const visit = page.locator('.visit').first();
    await visit.getByText('2 pieces kept').waitFor();
    expect(await visit.textContent()).toContain('Meridian 58');
    await visit.getByText('Held until').waitFor();
    await expectNoViolation(page);
    await visit.getByRole('button', { name: 'Release Fjord 51, Tortoise' }).click();
    await visit.getByText('Held until').waitFor({ state: 'detached' });
    await page.context().close();
    kiosk.disconnect();
  });

  it('rehearses a visit of which the house hears nothing, until a mirror calls in earnest', async () => {
    const page = await openTablet(browser, house);
    const sent: string[] = [];
    page.on('websocket', (socket) =>
      socket.on('framesent', ({ payload }) => sent.push(typeof payload === 'string' ? payload : '')),
    );
    await page.reload();
    await page.locator('.advisor').first().waitFor();
    await signIn(page, house.demoPin('norde'));
    await page.getByRole('button', { name: 'Somebody who comes back to a piece' }).click();
    const banner = page.getByRole('complementary', { name: 'Rehearsal' });
    await banner.getByText('No client, no stock and no order in it are real.').waitFor();
    await page.locator('.call', { hasText: 'Practice mirror' }).waitFor();
    await expectNoViolation(page);
    expect(await page.title()).toMatch(/^Rehearsal/);
    const before = sent.length;
    expect(sent.some((frame) => frame.includes('advisor.sign-in'))).toBe(true);
    await typeCode(page, '7N2K QX94');
    await banner.getByText('The practice mirror shows 47.').waitFor();
    await page.getByText('With the client at Practice mirror').waitFor();
    await banner.waitFor();
    await page.getByRole('button', { name: 'Hold for this client' }).click();
    await page.locator('.held').waitFor();
    expect(await page.locator('.header .line-mark').textContent()).toBe('Rehearsal');
    await page.getByRole('button', { name: 'Bring it' }).click();
    await page.getByText('Practice colleague is bringing it').waitFor();
    await page.getByRole('button', { name: 'Ask on the mirror' }).click();
    await page.getByText('Because you told us. Practice record').waitFor();
    await page.getByRole('button', { name: 'Appointment', exact: true }).click();
    await page.locator('.sale-hours button').first().click();
    await page.getByText('Appointment with').waitFor();
    await expectNoViolation(page);
    // The real line goes on beneath, and reads its own board; of the visit nothing goes over it.
    const ofVisits = /"name":"(?:offer|call|session|hold|client|run|transfer|collection|appointment|order)\./;
    expect(sent.slice(before).filter((frame) => ofVisits.test(frame))).toEqual([]);

    const kiosk = await connectKiosk(house);
    const { offerId } = await openOffer(kiosk);
    await banner.getByText('A mirror of your boutique calls.').waitFor();
    await expectNoViolation(page);
    await banner.getByRole('button', { name: 'Leave the rehearsal and go' }).click();
    await page.locator('.call', { hasText: 'Test kiosk' }).waitFor();
    expect(await banner.count()).toBe(0);
    expect(await page.title()).not.toMatch(/^Rehearsal/);
    expect(await page.locator('.held').count()).toBe(0);
    await kiosk.command('offer.cancel', { offerId });
    await page.getByText('No mirror is calling.').waitFor();

    // A mark that is read in the middle of a rehearsal leads to its real client, with their own digits.
    await page.getByRole('button', { name: 'A gift' }).click();
    await banner.waitFor();
    const { secret } = await openOffer(kiosk);
    await page.evaluate((given) => (location.hash = `#claim=${given}`), secret);
    const { digits, offerId: claimedId } = await kiosk.next('offer.claimed');
    await page.getByText('Ask the client to compare').waitFor();
    expect(await page.locator('.digits').textContent()).toContain(digits);
    expect(await banner.count()).toBe(0);
    await kiosk.command('offer.decline', { offerId: claimedId });
    await page.getByText('The client did not confirm.').waitFor();
    await page.context().close();
    kiosk.disconnect();
  });

  it('opens by a passkey that its advisor made after the PIN, until the passkey is taken back', async () => {
    const page = await openTablet(browser, house);
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await signIn(page, house.demoPin('norde'));
    await page.getByRole('button', { name: 'Make a passkey' }).click();
    await page.getByText('Your passkey is ready.').waitFor();
    await expectNoViolation(page);
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('No mirror is calling.').waitFor();
    await page.getByText('Last used').waitFor();
    await page.getByRole('button', { name: /^Remove the passkey/ }).click();
    await page.getByText('This passkey opens nothing any more.').waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    // The authenticator still has it; the house does not.
    const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId });
    expect(credentials).toHaveLength(1);
    await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
    await page.getByText('This passkey opens nothing in this boutique.').waitFor();
    await expectNoViolation(page);
    await page.context().close();
  });

  it('says of each code that does not lead to a client why, and what to do', async () => {
    const kiosk = await connectKiosk(house, stockholm);
    const page = await openTablet(browser, house, stockholm);
    await signIn(page, house.demoPin('norde'));
    const alert = page.locator('.claim-form [role=alert]');

    await typeCode(page, 'short');
    await alert.getByText('eight letters and digits').waitFor();
    await typeCode(page, 'ABCD 2345');
    await alert.getByText('Compare it letter by letter; 4 tries left').waitFor();
    expect(await page.getByLabel('Code on the mirror').inputValue()).toBe('ABCD 2345');

    const offer = await openOffer(kiosk);
    clock.advance(121_000);
    await typeCode(page, offer.code);
    await alert.getByText('has run out').waitFor();
    expect(await page.getByLabel('Code on the mirror').inputValue()).toBe('');
    await expectNoViolation(page);

    const next = await openOffer(kiosk);
    const elsewhere = await openTablet(browser, house, mayfair);
    await signIn(elsewhere, house.demoPin('norde'));
    await elsewhere.getByText('No mirror is calling.').waitFor();
    await elsewhere.goto(`${house.server.url}/advisor/?maison=norde#claim=${next.secret}`);
    await elsewhere.getByText('another boutique').waitFor();
    expect(elsewhere.url()).not.toContain('#');
    await elsewhere.context().close();

    await page.goto(`${house.server.url}/advisor/#claim=${next.secret}`);
    await page.getByText('Ask the client to compare').waitFor();
    await kiosk.next('offer.claimed');
    await kiosk.command('offer.decline', { offerId: next.offerId });
    await page.getByText('The client did not confirm.').waitFor();
    await page.context().close();
    kiosk.disconnect();
  });

  it('shows what it last knew, with its age, when the line is lost, and lets nothing be changed', async () => {
    const own = await startHouse({ withModels: false });
    const kiosk = await connectKiosk(own);
    const page = await openTablet(browser, own);
    await signIn(page, own.demoPin('norde'));
    const offer = await openOffer(kiosk);
    await typeCode(page, offer.code);
    await kiosk.next('offer.claimed');
    const worn = { pieceId: 'fjord-51', variantId: 'tortoise' };
    const summary = { locale: 'en', startedAtMs: Date.now(), worn, tried: [], kept: [] } as const;
    await kiosk.command('offer.confirm', {
      offerId: offer.offerId,
      summary: { ...summary, tried: [], kept: [] },
    });
    await page.getByText('In the drawer').waitFor();
    await page.waitForFunction(async () => {
      const kept = await (await caches.open('tablet-pictures')).keys();
      // Each finish has its own.
      return kept.filter(({ url }) => url.includes('/posters/nord-39')).length === 2;
    });
    await own.stop();
    await page.getByText('The line to the boutique is being restored').waitFor();
    expect(await page.locator('.drawer').textContent()).toMatch(/As of \d\d:\d\d, being checked/);
    expect(await page.getByRole('button', { name: 'Change piece' }).isDisabled()).toBe(true);
    await expectNoViolation(page);
    // The server is gone for good; the installed tablet still opens, on what the board last showed.
    await page.reload();
    await page.getByText('Nothing here is live.').or(page.getByText('no mirror was calling')).waitFor();
    expect(await page.getByRole('button', { name: 'Sign in' }).count()).toBe(0);
    await expectNoViolation(page);
    // What is known of the pieces is no secret and no news.
    await page.getByRole('button', { name: 'Read up on a piece' }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /^Nord 39/ })
      .click();
    await page.getByRole('heading', { name: 'Nord 39' }).waitFor();
    // With its picture, which this tablet has never shown.
    const picture = page.locator('.knowledge-head img');
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(0);
    await expectNoViolation(page);
    await page.context().close();
  });
});
