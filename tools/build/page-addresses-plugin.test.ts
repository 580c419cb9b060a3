import { describe, expect, it } from 'vitest';
import { withRootedAddresses } from './page-addresses-plugin.ts';

describe('a page shown elsewhere than where it lies', () => {
  it('finds the files beside it, and leaves every other address alone', () => {
    const html =
      '<script src="./main.tsx"></script><link href="./a/b.css"><a href="/icons/icon.svg"><a href="#top">';
    expect(withRootedAddresses(html, '/console/oms/index.html')).toBe(
      '<script src="/console/oms/main.tsx"></script><link href="/console/oms/a/b.css"><a href="/icons/icon.svg"><a href="#top">',
    );
  });
});
