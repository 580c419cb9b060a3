import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchChromium } from '../support/chromium.ts';
import { describeOnHost } from '../support/host.ts';
import { openStory } from '../support/open-story.ts';
import { startHouse, type RunningHouse } from '../support/running-house.ts';

/** Le Marais has two advisors, and one speaks English. */
const marais = 0;

describeOnHost('a mirror and two tablets', ['chromium'], () => {
  let house: RunningHouse;
  let browser: Browser;
  let kiosk: Page;
  let one: Page;
  let other: Page;
  const told: string[] = [];

  beforeAll(async () => {
    [house, browser] = await Promise.all([startHouse({ withModels: false }), launchChromium()]);
    const open = async (width: number, height: number): Promise<Page> => {
      const context = await browser.newContext({
        viewport: { width, height },
        reducedMotion: 'reduce',
        locale: 'en-GB',
      });
      // Three pages start at once, and software draws two of them.
      context.setDefaultTimeout(120_000);
      const page = await context.newPage();
      page.on('pageerror', (fault) => told.push(String(fault)));
      return page;
    };
    [kiosk, one, other] = await Promise.all([open(360, 640), open(820, 1180), open(390, 844)]);
    const signedIn = async (page: Page, name: string): Promise<void> => {
      await page.goto(await house.link('tablet', 'norde', marais));
      await page.locator('.advisor', { hasText: name }).click();
      for (const digit of house.demoPin('norde')) await page.keyboard.press(digit);
      await page.locator('.pin-key-enter').click();
      await page.locator('.board').waitFor();
    };
    await Promise.all([
      kiosk.goto(await house.link('kiosk', 'norde', marais)),
      signedIn(one, 'Noémie Caron'),
      signedIn(other, 'Théo Vasseur'),
    ]);
    for (const page of [one, other]) await speakEnglish(page);
  });
  afterAll(async () => {
    await browser?.close();
    await house?.stop();
  });

  const touch = (page: Page, name: string | RegExp) =>
    page.getByRole('button', { name }).first().click({ timeout: 60_000, force: true });

  /** An advisor's tablet begins in their own language. */
  async function speakEnglish(page: Page): Promise<void> {
    const english = page.getByRole('button', { name: 'Switch to English' });
    if ((await english.count()) > 0) await english.click();
    await page.getByRole('heading', { name: 'Mirrors' }).waitFor();
  }

  async function expectNoViolation(page: Page, screen: string): Promise<void> {
    await page.evaluate(() =>
      Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
    );
    const { violations } = await new AxeBuilder({ page })
      .setLegacyMode(true)
      .disableRules(page === kiosk ? ['target-size'] : [])
      .analyze();
    const said = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
    expect(said, screen).toEqual([]);
  }

  it('shows both advisors who calls, in which language and with what on, and who of them is going', async () => {
    await kiosk.locator('.attract').waitFor({ timeout: 60_000 });
    await touch(kiosk, /Toucher|Touch/);
    await kiosk.getByText('English', { exact: true }).first().click({ force: true });
    await touch(kiosk, 'Look without a camera');
    await openStory(kiosk, /Light comes in low/);
    await touch(kiosk, /One block/i);
    await touch(kiosk, /^See it worn|^Try it on/);
    await kiosk.locator('.wear h1').waitFor();
    await touch(kiosk, 'Call an advisor');
    await kiosk.locator('.code').waitFor();
    for (const page of [one, other]) {
      await page.getByText('Speaks English').waitFor();
      await page.locator('.call-worn').waitFor();
    }
    await touch(one, 'I am going to Test kiosk');
    await other.getByText(/Noémie Caron is going/).waitFor();
    await touch(one, 'Pass on Test kiosk to a colleague');
    await one
      .getByRole('dialog')
      .getByRole('button', { name: /Théo Vasseur/ })
      .click();
    await other.getByText('Noémie Caron asks you to go').waitFor();
    await expectNoViolation(other, 'the board');
  });

  it('lets one of two claims at the same instant through, after both screens showed the same digits', async () => {
    const code = ((await kiosk.locator('.code [aria-hidden]').textContent()) ?? '').replace('–', '');
    await Promise.all(
      [one, other].map(async (page) => {
        await page.getByLabel('Code on the mirror').fill(code);
        await touch(page, 'Go to this client');
      }),
    );
    await kiosk.locator('.match .digits').waitFor();
    const oneWon = (await one.locator('.waiting').count()) > 0;
    if (!oneWon) [one, other] = [other, one];
    await one.locator('.waiting').waitFor();
    await other.getByText(/A colleague was first/).waitFor();
    const digits = (await one.locator('.digits [aria-hidden]').allTextContents()).join('');
    expect(await kiosk.locator('.match .digits').textContent()).toBe(digits);
    await touch(kiosk, `Yes, both show ${digits}`);
    await one.locator('.together').waitFor();
    await kiosk.getByText(/^You lead/).waitFor();
    expect(await one.locator('.lead-bar').textContent()).toContain('The client leads.');
  });

  it('always says on both screens who leads, and gives the lead back at a touch', async () => {
    await one.locator('.variants .chip:not([data-selected])').first().click();
    await kiosk.getByText(/leads, and the mirror follows/).waitFor();
    await one.getByText('You lead.').waitFor();
    await expectNoViolation(one, 'together, leading');
    await expectNoViolation(kiosk, 'together, following');
    await kiosk.locator('.stage').click({ position: { x: 180, y: 300 }, force: true });
    await one.getByText('The client leads.').waitFor();
    await kiosk.getByText(/^You lead/).waitFor();
    await touch(one, 'Lead');
    await one.getByText('You lead.').waitFor();
  });

  it('lights on the mirror what the advisor touches on their piece', async () => {
    await one.locator('.worn-view[data-shown=true]').waitFor({ timeout: 60_000 });
    // The piece fills the middle of its stage: one of these is on it.
    const box = await one.locator('.worn-view canvas').boundingBox();
    for (const share of [0.3, 0.35, 0.4, 0.45, 0.25]) {
      if ((await one.getByText('A light stands there').count()) > 0) break;
      if (box) await one.mouse.click(box.x + box.width * share, box.y + box.height * 0.5);
      await one.waitForTimeout(300);
    }
    await one.getByText('A light stands there on the mirror.').waitFor();
    await kiosk.getByText(/shows you a detail/).waitFor();
  });

  it('proposes a whole look, which is on the client by their own touch', async () => {
    await touch(one, 'Compose a look');
    await one.getByRole('dialog').waitFor();
    await one.getByRole('radio', { name: 'Hats' }).or(one.locator('.picker-kind').nth(1)).first().click();
    await one.locator('.picker-piece .chip').first().click();
    await expectNoViolation(one, 'composing a look');
    await touch(one, 'Propose on the mirror');
    await kiosk.getByText(/proposes a look/).waitFor();
    await expectNoViolation(kiosk, 'a proposed look');
    await touch(kiosk, 'See it on me');
    await one.getByText('The client sees it on themselves.').waitFor();
    await one.getByText('2 pieces worn together').waitFor();
    expect(await one.locator('.path-steps').textContent()).toMatch(/shown by you/);
  });

  it('is where it was after a tablet was away and the mirror was started anew, in the middle of a story', async () => {
    await touch(one, 'Open a story');
    await one.getByRole('dialog').locator('.story-pages .chip').nth(1).click();
    await kiosk.locator('.chapter').waitFor();
    await one.getByText('Chapter 1 of 5').waitFor();
    await one.goto('about:blank');
    await kiosk.reload();
    await kiosk.locator('.chapter').waitFor({ timeout: 60_000 });
    await touch(kiosk, 'Next chapter');
    await kiosk.getByText('2 of 5').waitFor();
    await one.goto(`${house.server.url}/advisor/`);
    await one.getByText('Chapter 2 of 5').or(one.getByText('Chapitre 2 sur 5')).waitFor({ timeout: 60_000 });
    const english = one.getByRole('button', { name: 'Switch to English' });
    if ((await english.count()) > 0) await english.click();
    await one.getByText('The client leads.').waitFor();
    await one.getByText('2 pieces worn together').waitFor();
    await touch(one, 'Back to the mirror');
    await kiosk.locator('.wear h1').waitFor();
    await touch(one, 'Close the visit');
    await touch(one, 'Close and wipe the mirror');
    await kiosk.getByText(/This stays with/).waitFor();
    expect(told).toEqual([]);
  });
});
