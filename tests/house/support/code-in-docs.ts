import path from 'node:path';

/** What runs: nobody types it into a page by hand. */
const programs = new Set('ts tsx mts cts typescript js jsx mjs cjs javascript'.split(' '));

const marker = /^<!-- code: (\S+)#(\S+) -->$/;
const shownRegion = /^<!-- code: (\S+)#(\S+) -->\n(?:\n*```\w*\n(?:[^]*?\n)?```\n)?/gm;
const openingFence = /^\s*(?<fence>`{3,}|~{3,})\s*(?<language>[\w-]*)/;

/**
 * A page with the code that its markers name, as it stands in the examples now: `<!-- code: examples/a.ts#name -->` is followed by what
 * lies between `// #region name` and `// #endregion` there. `read` gives a file's text.
 *
 * @throws Error where a marker names what is not there
 */
export function withCode(page: string, read: (file: string) => string): string {
  return page.replaceAll(shownRegion, (_, file: string, name: string) => {
    if (!file.startsWith('examples/')) throw new Error(`${file} is not below examples/.`);
    const language = path.extname(file).slice(1);
    return `<!-- code: ${file}#${name} -->\n\n\`\`\`${language}\n${regionOf(read(file), file, name)}\n\`\`\`\n`;
  });
}

/** The lines of a page, from 1, on which a program begins that no marker names. */
export function unmarkedPrograms(page: string): readonly number[] {
  const found: number[] = [];
  let fence: string | null = null;
  let isMarked = false;
  for (const [at, line] of page.split('\n').entries()) {
    if (fence !== null) {
      if (line.trim() === fence) fence = null;
      continue;
    }
    const opening = openingFence.exec(line)?.groups;
    if (opening !== undefined) {
      fence = opening['fence'] ?? null;
      if (programs.has(opening['language']?.toLowerCase() ?? '') && !isMarked) found.push(at + 1);
    }
    if (line.trim() !== '') isMarked = marker.test(line);
  }
  return found;
}

function regionOf(source: string, file: string, name: string): string {
  const lines = source.split('\n');
  const from = lines.indexOf(`// #region ${name}`);
  const length = lines.slice(from).indexOf('// #endregion');
  if (from < 0 || length < 0) throw new Error(`${file} has no region ${name} with an end.`);
  return lines.slice(from + 1, from + length).join('\n');
}
