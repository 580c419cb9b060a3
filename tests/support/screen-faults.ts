import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * What is wrong with a screen once it stands: each rule of axe with the elements that break it, and controls that something else
 * lies over. `look` narrows what axe looks for.
 */
export async function screenFaults(
  page: Page,
  look: (builder: AxeBuilder) => AxeBuilder = (builder) => builder,
): Promise<string[]> {
  // A screen that still fades in has the contrast of neither.
  await page.evaluate(() =>
    Promise.allSettled(document.getAnimations().map((animation) => animation.finished)),
  );
  const { violations } = await look(new AxeBuilder({ page })).analyze();
  const broken = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
  return [...broken, ...(await covered(page))];
}

/** Buttons that a finger in their middle would not reach. */
async function covered(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    // A modal dialog keeps everything else from being touched, as it should.
    Array.from((document.querySelector('dialog:modal') ?? document).querySelectorAll('button'))
      // One that only a screen reader finds is of no size.
      .filter((button) => button.checkVisibility() && button.tabIndex >= 0 && !button.closest('[inert]'))
      .flatMap((button) => {
        button.scrollIntoView({ block: 'center', behavior: 'instant' });
        const { left, top, width, height } = button.getBoundingClientRect();
        const there = document.elementFromPoint(left + width / 2, top + height / 2);
        if (button.contains(there)) return [];
        return [
          `covered: ${button.outerHTML.slice(0, 200)} by ${there?.outerHTML.slice(0, 80) ?? 'nothing'}`,
        ];
      }),
  );
}
