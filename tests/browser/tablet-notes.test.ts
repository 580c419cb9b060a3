import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { consentTextVersion, type SessionId } from '../../protocol/index.ts';
import { TestDevice } from '../server/support/test-device.ts';
import { screenFaults } from '../support/screen-faults.ts';
import { describeOnHost } from '../support/host.ts';
import { houseInBrowser } from '../support/house-in-browser.ts';

/** A boutique of Norde whose advisors speak English. */
const mayfair = 1;
const card = 'NRD-4401-7725-19';
const sizes = [
  { width: 1180, height: 820 },
  { width: 820, height: 1180 },
  { width: 390, height: 844 },
];

describeOnHost('the end of a visit on the tablet', ['chromium'], () => {
  const on = houseInBrowser();
  let kiosk: TestDevice;
  let page: Page;
  let colleague: Page;

  beforeAll(async () => {
    const code = new URL(await on.house.link('kiosk', 'norde', mayfair)).hash.replace('#enrol=', '');
    kiosk = await TestDevice.enrol(on.house.server.url, 'kiosk', code);
    await kiosk.connect();
    page = await tabletOf(0);
    colleague = await tabletOf(1);
  });
  afterAll(() => kiosk?.disconnect());

  /** A tablet on which one of the boutique's advisors has signed in. */
  async function tabletOf(advisor: number): Promise<Page> {
    const context = await on.browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-GB' });
    const tablet = await context.newPage();
    tablet.setDefaultTimeout(90_000);
    await tablet.goto(await on.house.link('tablet', 'norde', mayfair));
    await tablet.locator('.advisor').nth(advisor).click();
    for (const digit of on.house.demoPin('norde'))
      await tablet.getByRole('button', { name: digit, exact: true }).click();
    await tablet.getByRole('button', { name: 'Sign in' }).click();
    await tablet.getByLabel('Code on the mirror').waitFor();
    return tablet;
  }

  async function beginVisit(): Promise<string> {
    const offer = await kiosk.command('offer.open', {});
    if (!offer.ok) throw new Error(offer.error.message);
    await page.getByLabel('Code on the mirror').fill(offer.value.code);
    await page.getByRole('button', { name: 'Go to this client' }).click();
    await kiosk.next('offer.claimed');
    const kept = ['fjord-51.tortoise', 'nord-39.blue'];
    const summary = { locale: 'en' as const, startedAtMs: Date.now(), worn: null, tried: [], kept };
    const confirmed = await kiosk.command('offer.confirm', { offerId: offer.value.offerId, summary });
    if (!confirmed.ok) throw new Error(confirmed.error.message);
    await page.getByRole('button', { name: 'Close the visit' }).click();
    return confirmed.value.sessionId;
  }

  /** The client says yes on the mirror to being remembered. */
  async function letRemember(sessionId: SessionId): Promise<void> {
    const consent = {
      reference: { kind: 'loyalty-card' as const, value: card },
      choices: [{ purpose: 'remember' as const, term: 'month' as const }],
      textVersion: consentTextVersion,
      locale: 'en' as const,
    };
    const said = await kiosk.command('client.consent', { sessionId, consent });
    if (!said.ok) throw new Error(said.error.message);
  }

  async function seen(name: string): Promise<void> {
    for (const size of sizes) {
      await page.setViewportSize(size);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect([name, size.width, overflow]).toEqual([name, size.width, 0]);
      // With the client in landscape the facts scroll, and the page does not.
      const below = await page.evaluate(() =>
        document.querySelector('.together') ? document.documentElement.scrollHeight - innerHeight : 0,
      );
      if (size.width > size.height) expect([name, below]).toEqual([name, 0]);
      expect([name, size.width, await screenFaults(page)]).toEqual([name, size.width, []]);
    }
  }

  const touch = async (name: string) =>
    await page
      .locator('.note-chips .chip')
      .filter({ hasText: new RegExp(`^${name}$`) })
      .click();

  it('asks the client on the mirror first, and takes three touches and a line of a client who said yes', async () => {
    const sessionId = await beginVisit();
    const sheet = page.getByRole('alertdialog');
    await sheet.getByText('They answer on the mirror.').waitFor();
    expect(await sheet.getByRole('radio').count()).toBe(0);
    await sheet.getByRole('button', { name: 'Ask on the mirror' }).click();
    await kiosk.next('client.asked');
    await seen('before the yes');
    await letRemember(sessionId);

    const close = sheet.getByRole('button', { name: 'Note it and close' });
    await close.waitFor();
    expect(await close.isDisabled()).toBe(true);
    await touch('An anniversary');
    await touch('To think it over');
    await touch('Call');
    expect(await close.isEnabled()).toBe(true);
    await touch('Tomorrow');
    const line = sheet.getByLabel('One line about the next step');
    await line.fill('She has lovely eyes');
    await sheet.getByText('‘eyes’ is about a person.').waitFor();
    expect(await close.isDisabled()).toBe(true);
    await seen('a line about a person');
    await line.fill('When the blue one has come');
    await seen('a whole note');
    await close.click();
    await page.getByRole('heading', { name: 'To do' }).waitFor();
    const closed = await kiosk.next('session.events', ({ events }) =>
      events.some(({ fact }) => fact.type === 'closed'),
    );
    expect(closed.events.at(-1)?.actor).toBe('advisor');
  });

  it('lists what was promised: who it is, another day, done by a touch, handed to a colleague', async () => {
    const todo = page.getByRole('region', { name: 'To do' });
    const task = todo.locator('.task');
    await todo.getByRole('heading', { name: 'Later' }).waitFor();
    await task.getByText('When the blue one has come').waitFor();
    expect(await colleague.getByRole('heading', { name: 'To do' }).count()).toBe(0);
    await task.getByRole('button', { expanded: false }).first().click();
    await task.getByRole('button', { name: 'Who is it?' }).click();
    await task.getByText('Bastien Roux, in French').waitFor();
    await seen('a task');
    await task.getByRole('button', { name: 'Another day' }).first().click();
    await task.getByRole('button', { name: 'Another day' }).last().click();
    const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Europe/London' }).format(Date.now());
    await task.locator('input[type=date]').fill(today);
    await task.getByRole('button', { name: 'Put it off' }).click();
    await todo.getByRole('heading', { name: 'Today' }).waitFor();
    await task.getByRole('button', { name: 'Done: Call, Fjord 51' }).click();
    await task.getByText('Done. Touch the mark again').waitFor();
    await task.getByRole('button', { name: 'Not done after all' }).click();
    // It is as open again as it was before it was done.
    await task.getByRole('button', { name: 'Hand on' }).click();
    await task.getByRole('button', { name: 'Whoever has time' }).click();
    await colleague.getByText('For whoever has time.').waitFor();
    await page.reload();
    await page.getByText('When the blue one has come').waitFor();
  });

  it('forgets it on every tablet at once when the client takes their yes back', async () => {
    const sessionId = await beginVisit();
    await letRemember(sessionId);
    await page.getByRole('button', { name: 'Stay with the client' }).click();
    await page.getByText('Because you let us remember your visit').waitFor();
    expect(await page.locator('.client-facts').innerText()).toContain('When the blue one has come');
    await kiosk.command('client.withdraw', { sessionId, purpose: 'remember' });
    await expect.poll(() => colleague.locator('.task').count()).toBe(0);
    await page.getByRole('button', { name: 'Close the visit' }).click();
    await page.getByRole('button', { name: 'Close and wipe the mirror' }).click();
    await page.getByLabel('Code on the mirror').waitFor();
    expect(await page.getByRole('heading', { name: 'To do' }).count()).toBe(0);
  });
});
