import { expect, it } from 'vitest';
import { docCommentsOf } from './doc-comments.ts';

const source = `
import * as z from 'zod/mini';

/** What is worn. */
export const Worn = z.object({
  /** The piece's own name,
   *  in two lines. */
  pieceId: z.string(),
  variantId: z.string(),
  fit: z.nullable(z.object({
    /** Across. */
    widthMm: z.number(),
  })),
});
/** Nobody's: a type. */
export type Worn = z.infer<typeof Worn>;
const own = z.object({ /** Not published. */ a: z.string() });

/** The codes. */
export const codes = [
  'lost', // it is gone
  'late',
  'early', // come again
] as const;

// No doc comment.
export const table = {
  /** Reads. */
  'worn.read': { roles: ['kiosk'], payload: own },
};
`;

it('what the source says of an export, of its fields and of its words is read as it stands', () => {
  expect(Object.fromEntries(docCommentsOf('worn.ts', source))).toEqual({
    Worn: 'What is worn.',
    'Worn.pieceId': "The piece's own name, in two lines.",
    'Worn.fit.widthMm': 'Across.',
    codes: 'The codes.',
    'codes.lost': 'it is gone',
    'codes.early': 'come again',
    'table.worn.read': 'Reads.',
  });
});

it('a source that cannot be read is named', () => {
  expect(() => docCommentsOf('broken.ts', 'export const = 1;')).toThrow('broken.ts cannot be parsed');
});
