import type { Words } from '../../protocol/ids.ts';
import type { Story } from '../../protocol/story.ts';

/** How many characters of a story fit the screens, in each language; docs/assets.md tells them too. */
const mostCharacters = { title: 40, mood: 60, words: 260, alt: 160 } as const;

/** What a screen could not show of a story as it is told, and where the story says so. */
export interface StoryFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/**
 * Holds stories against the screens that tell them and against the boutiques in which they are told; `boutiques` is null where nobody
 * knows them.
 */
export function* storyFaults(
  stories: readonly Story[],
  boutiques: readonly string[] | null,
): Generator<StoryFault> {
  for (const [at, story] of stories.entries()) {
    const path = ['stories', at];
    yield* tooLong([...path, 'title'], story.title, mostCharacters.title);
    yield* tooLong([...path, 'mood'], story.mood, mostCharacters.mood);
    yield* tooLong([...path, 'words'], story.words, mostCharacters.words);
    yield* tooLong([...path, 'cover', 'alt'], story.cover.alt, mostCharacters.alt);
    yield* strangeBoutiques([...path, 'boutiques'], story, boutiques);
    for (const [number, chapter] of story.chapters.entries()) {
      const inner = [...path, 'chapters', number];
      yield* tooLong([...inner, 'title'], chapter.title, mostCharacters.title);
      yield* tooLong([...inner, 'words'], chapter.words, mostCharacters.words);
      yield* tooLong([...inner, 'picture', 'alt'], chapter.picture.alt, mostCharacters.alt);
      const shown = new Set<string>();
      for (const [place, { pieceId, variantId }] of chapter.pieces.entries()) {
        const worn = `${pieceId} in ${variantId}`;
        if (shown.has(worn))
          yield { path: [...inner, 'pieces', place], message: `${worn} stands in this chapter already` };
        shown.add(worn);
      }
    }
  }
}

function* tooLong(path: readonly (string | number)[], words: Words, most: number): Generator<StoryFault> {
  for (const [locale, text] of Object.entries(words)) {
    if (text.length > most)
      yield {
        path: [...path, locale],
        message: `${text.length} characters, where at most ${most} fit the screen`,
      };
  }
}

function* strangeBoutiques(
  path: readonly (string | number)[],
  { boutiques: named = [] }: Story,
  known: readonly string[] | null,
): Generator<StoryFault> {
  if (known === null) return;
  for (const [place, id] of named.entries()) {
    if (!known.includes(id))
      yield { path: [...path, place], message: `there is no boutique ${id}; there are ${known.join(', ')}` };
  }
}
