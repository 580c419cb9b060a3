import * as z from 'zod/mini';
import { DeviceId, Sku, StoreId } from './ids.ts';
import { OwnCategory, Piece, Price, Variant } from './product.ts';
import { StoryPicture, YearDay } from './story.ts';

type Issue = z.core.$ZodIssue;

const english = z.locales.en().localeError;

/** What is said of a text whose form a schema asks for: by the checkers alone, as every browser loads the schemas themselves. */
const forms: readonly (readonly [schema: z.ZodMiniType, wrong: unknown, words: string])[] = [
  [YearDay, '', 'a day as MM-DD, such as 11-26'],
  [StoreId, '', 'small letters and digits in up to eight words joined by hyphens, such as fjord-51'],
  [Sku, '', 'small letters and digits joined by hyphens, with one dot at most, such as fjord-51.tortoise'],
  [DeviceId, '', '8 to 64 letters, digits, hyphens or underscores'],
  [Price.shape.currency, '', 'the three capital letters of a currency, such as EUR'],
  [Variant.shape.gtin, '', 'the 13 digits of a GTIN, such as 2901051000118'],
  [Variant.shape.swatch, [''], 'a colour as # and six digits of 0 to 9 and a to f, such as #7a4b2a'],
  [Variant.shape.posterPath, '', pathWords('webp, .png or .jpg', 'posters/fjord-51.webp')],
  [StoryPicture.shape.path, '', pathWords('webp, .png or .jpg', 'stories/winter.webp')],
  ...Piece.def.options.flatMap(({ shape }) => [
    [shape.modelPath, '', pathWords('glb', 'pieces/fjord-51.glb')] as const,
    [shape.dimensions, { '': 1 }, 'a size that says its unit, such as widthMm'] as const,
  ]),
  [OwnCategory, '', 'x- and small letters or hyphens, such as x-brooch'],
];

function pathWords(kind: string, example: string): string {
  return `a path beside the catalogue in small letters, digits, hyphens, dots and slashes that ends in .${kind}, such as ${example}`;
}

/** The words by the form that an issue names; what names none asks for something else. */
const wordsByPattern = new Map(
  forms.flatMap(([schema, wrong, words]) => {
    const [issue] = schema.safeParse(wrong).error?.issues ?? [];
    const named = issue?.code === 'invalid_key' ? issue.issues[0] : issue;
    return named?.code === 'invalid_format' && named.pattern !== undefined
      ? [[named.pattern, words] as const]
      : [];
  }),
);

/** What is expected where a document has something else, as a sentence's end: `a number, not a text`. Never what stands there itself. */
export function expectedWords(issue: Issue, given: unknown): string {
  if (hasOwnWords(issue)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return typeof given === 'number' && issue.expected === 'int'
        ? 'a whole number'
        : `${kinds[issue.expected] ?? issue.expected}, not ${kindOf(given)}`;
    case 'invalid_format':
      return (
        wordsByPattern.get(issue.pattern ?? '') ??
        (issue.format === 'date' ? 'a day as YYYY-MM-DD, such as 2026-11-26' : inEnglish(issue))
      );
    case 'too_small':
      return sizeWords(issue.origin, issue.minimum, issue.inclusive === false ? 'more than' : 'at least');
    case 'too_big':
      return sizeWords(issue.origin, issue.maximum, issue.inclusive === false ? 'less than' : 'at most');
    case 'invalid_value':
      return oneOf(issue.values);
    case 'unrecognized_keys':
      return `no key here is called ${issue.keys.map((key) => JSON.stringify(key)).join(' or ')}`;
    case 'invalid_key': {
      const [inner] = issue.issues;
      return inner === undefined ? inEnglish(issue) : `its name must be ${expectedWords(inner, '')}`;
    }
    case 'invalid_union':
      return 'options' in issue && issue.options !== undefined
        ? oneOf(issue.options)
        : 'fits no form that can stand here';
    default:
      return inEnglish(issue);
  }
}

/** Whether the schema itself says what is wrong. Where the large build of the schemas is loaded too, every issue has its English words. */
function hasOwnWords(issue: Issue): boolean {
  const { message } = issue;
  return message !== 'Invalid input' && bare(message) !== inEnglish(issue);
}

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
};

function kindOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : (kinds[typeof value] ?? typeof value);
}

function sizeWords(origin: string, bound: number | bigint, how: string): string {
  if (origin === 'string')
    return bound === 1 && how === 'at least' ? 'a text that is not empty' : `${how} ${bound} characters`;
  if (origin === 'array')
    return bound === 1 && how === 'at least' ? 'a list that is not empty' : `a list of ${how} ${bound}`;
  return `${how} ${bound}`;
}

function oneOf(values: readonly unknown[]): string {
  const quoted = values.map((value) => (typeof value === 'string' ? JSON.stringify(value) : String(value)));
  return quoted.length === 1 ? `only ${quoted.join('')} can stand here` : `one of ${quoted.join(', ')}`;
}

/** The small build of the schemas brings no words of its own; what was given in the place of what is wanted, an issue keeps to itself. */
function inEnglish(issue: Issue): string {
  const said = english({ ...issue, input: undefined });
  const words = (typeof said === 'string' ? said : said?.message) ?? issue.message;
  return bare(words);
}

function bare(words: string): string {
  return words.replace(/, received .*$/s, '');
}
