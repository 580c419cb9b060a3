import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineFault } from './note-line.ts';
import { noteWords } from './note-words.ts';
import { NoteLine, noteLineMost } from './visit-note.ts';

const lists = Object.values(noteWords);
const people = lists.flatMap(({ person }) => person);
const harmless =
  'when the green one has come other finish engraving ready by friday quand la verte arrive gravure autre écrin'.split(
    ' ',
  );
/** Those that make no turn of phrase with a listed word: a line by hand, or on the other hand, is of no hand. */
const apart = harmless.filter((word) => word !== 'by' && word !== 'other');

describe('the line of a note', () => {
  it.each([
    'When the green one has come',
    'Show the Fjord 51 in gold; invite before 12.12.2026',
    'Hand over the hand-engraved case in hand, by hand',
    'The cat-eye frame, with the other nose pads',
    'Ear cuff in white gold, and the lip colour of the season',
    'Blued hands, second hand restored, watch face in ivory',
    'Boucles d’oreilles assorties, à essayer avec le ras du cou',
    'Remise en main propre, cousu main, peau de python',
    'Rouge à lèvres Teint de rose, l’œil de tigre en second choix',
    'Rappeler demain, le 2026-12-04, avant 18:30',
    'Budget up to 12 500 EUR',
    '',
  ])('may be about the piece and the next step: %s', (line) => {
    expect(lineFault(line)).toBeNull();
  });

  it.each([
    ['She has lovely eyes', 'eyes'],
    ['wide FACE, take the 54', 'FACE'],
    ['Small wrist: two links less', 'wrist'],
    ['dark-skinned, try the rose gold', 'skinned'],
    ['Pregnant, comes again in spring', 'Pregnant'],
    ['Her hands are by hand the finest', 'hands'],
    ['Cheveux gris, préfère l’argent', 'Cheveux'],
    ['visage très étroit', 'visage'],
    ['Œil sensible', 'Œil'],
    ['a les yeux verts', 'yeux'],
    ['allergique au nickel', 'allergique'],
    ['diabetic, no tight straps', 'diabetic'],
    ['Depressed since the spring', 'Depressed'],
    ['Muslim, no gold for him', 'Muslim'],
    ['for a Jewish wedding', 'Jewish'],
    ['il est homosexuel', 'homosexuel'],
    ['cliente musulmane', 'musulmane'],
    ['Veuve depuis mai', 'Veuve'],
    ['she is f\u200bat', 'f\u200bat'],
    ['so f\u00adat, f\u2060at', 'f\u00adat'],
    ['a f a t lady', 'f a t'],
    ['an ob3se lady', 'ob3se'],
    ['she is ƒat', 'ƒat'],
    ['f\u0430t', 'f\u0430t'],
  ])('is not about looks, body, health, faith or whom somebody loves or has lost: %s', (line, word) => {
    expect(lineFault(line)).toEqual({ kind: 'person', word });
  });

  it.each([
    ['Call 06 12 34 56 78 at noon', '06 12 34 56 78'],
    ['+44 (0)20 7946 0958', '+44 (0)20 7946 0958'],
    ['write to ada@example.com', 'ada@example.com'],
    ['see www.example.com/x', 'www.example.com/x'],
    ['card 4111111111111111', '4111111111111111'],
    ['call ٠٦١٢٣٤٥٦٧٨', '٠٦١٢٣٤٥٦٧٨'],
    ['call ０６ １２ ３４ ５６ ７８', '０６ １２ ３４ ５６ ７８'],
    ['call 06\u200b12\u200b34\u200b56', '06\u200b12\u200b34\u200b56'],
    ['ada＠example.com', 'ada＠example.com'],
  ])('holds no address and no number of a person’s: %s', (line, word) => {
    expect(lineFault(line)).toEqual({ kind: 'contact', word });
  });

  it('finds each listed word wherever it stands, however it is written', () => {
    const beside = fc.array(fc.constantFrom(...apart), { maxLength: 4 }).map((words) => words.join(' '));
    const gap = fc.constantFrom(' ', ', ', '-', '… ', '“', '’', ' / ');
    const written = fc.constantFrom(
      (word: string) => word,
      (word: string) => word.toUpperCase(),
      (word: string) => word.replace(/e/u, 'é'),
      (word: string) => word.replace(/a/u, 'a\u0301'),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...people),
        written,
        beside,
        beside,
        gap,
        (word, write, left, right, sign) => {
          const fault = lineFault(`${left}${sign}${write(word)}${sign}${right}`);
          expect(fault).toMatchObject({ kind: 'person' });
        },
      ),
    );
  });

  it('refuses nothing that is made of other words, and answers whatever is typed', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...harmless), { maxLength: 12 }), (words) => {
        expect(lineFault(words.join(' '))).toBeNull();
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const fault = lineFault(typed);
        if (fault) expect(typed).toContain(fault.word);
      }),
    );
  });

  it('is one line, and short', () => {
    for (const line of ['two\nlines', 'a\u2028b', 'bell\u0007', 'x'.repeat(noteLineMost + 1), ''])
      expect(NoteLine.safeParse(line).success).toBe(false);
    expect(NoteLine.safeParse('x'.repeat(noteLineMost)).success).toBe(true);
  });

  it('knows turns of phrase that would let a person through only as themselves', () => {
    for (const { ofPieces } of lists) for (const phrase of ofPieces) expect(phrase.flags).toContain('g');
    expect(lineFault('by hand, her hand')).toEqual({ kind: 'person', word: 'hand' });
  });
});
