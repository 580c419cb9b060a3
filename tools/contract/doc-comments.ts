import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor, type ESTree } from 'vite';
import { rootDir } from '../support/paths.ts';

/** What the source says of its own exports: `Hold` of the export, `Hold.expiresAtMs` of a field of it. */
export type DocComments = ReadonlyMap<string, string>;

interface Comment {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Reads the doc comments of exported constants and of every field written below them, and what is said behind the items of a list
 * of words (`errorCodes.not-found`).
 *
 * @throws Error a file cannot be parsed
 */
export function readDocComments(files: readonly string[]): DocComments {
  const found = new Map<string, string>();
  for (const file of files) {
    const source = readFileSync(path.join(rootDir, file), 'utf8');
    for (const [name, text] of docCommentsOf(file, source)) found.set(name, text);
  }
  return found;
}

/** The same, of one source text. */
export function docCommentsOf(file: string, source: string): DocComments {
  const { program, comments, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const docs: Comment[] = [];
  const lines: Comment[] = [];
  for (const { type, value, start, end } of comments) {
    if (type === 'Line') lines.push({ start, end, text: value.trim() });
    else if (value.startsWith('*')) docs.push({ start, end, text: asSentence(value) });
  }
  const above = (at: number) => docs.findLast(({ end }) => end <= at && isBlank(source.slice(end, at)));
  const behind = (at: number) =>
    lines.find(
      ({ start }) => start >= at && /^[,\s]*$/.test(source.slice(at, start).replace(/\n[^]*/, '\n!')),
    );

  const found = new Map<string, string>();
  for (const statement of program.body) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const { declaration } = statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || !init) continue;
      const doc = above(statement.start);
      if (doc) found.set(id.name, doc.text);
      for (const { name, at, kind } of partsOf(init)) {
        const comment = kind === 'field' ? above(at) : behind(at);
        const full = `${id.name}.${name}`;
        if (comment && !found.has(full)) found.set(full, comment.text);
      }
    }
  }
  return found;
}

interface Part {
  readonly name: string;
  /** Where a field begins, or where a word ends. */
  readonly at: number;
  readonly kind: 'field' | 'word';
}

/** Fields of the object literals below an expression by their path, and words in a list. */
function partsOf(expression: ESTree.Expression): Part[] {
  const parts: Part[] = [];
  const trail: string[] = [];
  const keyOf = ({ key }: ESTree.ObjectProperty): string =>
    key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '?';
  new Visitor({
    Property: (node) => {
      trail.push(keyOf(node as ESTree.ObjectProperty));
      parts.push({ name: trail.join('.'), at: node.start, kind: 'field' });
    },
    'Property:exit': () => void trail.pop(),
    ArrayExpression: ({ elements }) => {
      for (const element of elements) {
        if (element?.type !== 'Literal' || typeof element.value !== 'string') continue;
        parts.push({ name: [...trail, element.value].join('.'), at: element.end, kind: 'word' });
      }
    },
  }).visit({
    type: 'Program',
    body: [{ type: 'ExpressionStatement', expression, start: expression.start, end: expression.end }],
    start: expression.start,
    end: expression.end,
  } as unknown as ESTree.Program);
  return parts;
}

function isBlank(text: string): boolean {
  return /^(?:\s|export|const)*$/.test(text);
}

function asSentence(comment: string): string {
  return comment
    .split('\n')
    .map((line) => line.replace(/^\s*\*+/, '').trim())
    .join(' ')
    .trim();
}
