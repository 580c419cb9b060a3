import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTypedCode, typedCodeAlphabet } from './handoff.ts';

const letters = fc.constantFrom(...typedCodeAlphabet.split(''));
const codes = fc.array(letters, { minLength: 8, maxLength: 8 }).map((parts) => parts.join(''));

describe('a typed code', () => {
  it('is read however people write it: small letters, gaps, O for 0, I or L for 1', () => {
    const sloppy = codes.chain((code) =>
      fc
        .array(fc.constantFrom('', ' ', '-', ' - ', '–', '—', '‑'), { minLength: 8, maxLength: 8 })
        .chain((gaps) =>
          fc.array(fc.boolean(), { minLength: 8, maxLength: 8 }).map((small) => {
            const written = code.split('').map((letter, index) => {
              const misread = letter === '0' ? 'O' : letter === '1' ? (small[index] ? 'I' : 'L') : letter;
              return (gaps[index] ?? '') + (small[index] ? misread.toLowerCase() : misread);
            });
            return { code, written: written.join('') };
          }),
        ),
    );
    fc.assert(
      fc.property(sloppy, ({ code, written }) => {
        expect(readTypedCode(written)).toBe(code);
      }),
    );
  });

  it('is not read from anything else', () => {
    for (const none of ['', '1234567', '123456789', 'UUUUUUUU', '1234567!', '１２３４５６７８']) {
      expect(readTypedCode(none)).toBeNull();
    }
  });
});
