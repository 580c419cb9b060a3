import { parseSync, Visitor } from 'vite';

/** What stands before a template of GLSL, in three.js's sources as in ours. */
export const glslMark = '/* glsl */';

/**
 * A module with the GLSL of its marked templates written as a compiler reads it: without comments, empty lines, indentation and the
 * spaces around operators. Lines that touch a `${…}` stay as they are, and so does every preprocessor line but for its indentation.
 */
export function withLeanGlsl(code: string, fileName: string): string {
  const parts: { readonly start: number; readonly raw: string; readonly lean: string }[] = [];
  new Visitor({
    TemplateLiteral({ start, quasis }) {
      if (!code.slice(0, start).trimEnd().endsWith(glslMark)) return;
      for (const [index, quasi] of quasis.entries()) {
        const { raw } = quasi.value;
        // In TypeScript a part begins with what sets it off, in JavaScript after it.
        const start = code.startsWith(raw, quasi.start) ? quasi.start : quasi.start + 1;
        parts.push({ start, raw, lean: leanPart(raw, index > 0, index < quasis.length - 1) });
      }
    },
  }).visit(parseSync(fileName, code).program);
  let leanCode = '';
  let copiedTo = 0;
  // A template inside a `${…}` is told of between the parts of the one that holds it.
  for (const { start, raw, lean } of parts.toSorted((a, b) => a.start - b.start)) {
    leanCode += code.slice(copiedTo, start) + lean;
    copiedTo = start + raw.length;
  }
  return leanCode + code.slice(copiedTo);
}

/** A part of a template: `follows` a `${…}` and `goesOn` to one. */
function leanPart(raw: string, follows: boolean, goesOn: boolean): string {
  if (raw.includes('\\')) return raw;
  const lines = raw.replaceAll(/\/\*[\s\S]*?\*\//g, ' ').split('\n');
  const first = follows ? lines.shift() : undefined;
  const last = goesOn ? lines.pop() : undefined;
  const whole = lines.map((line) => leanLine(line)).filter((line) => line !== '');
  return [...(first === undefined ? [] : [first]), ...whole, ...(last === undefined ? [] : [last])].join(
    '\n',
  );
}

function leanLine(line: string): string {
  const bare = line.replace(/\/\/.*$/, '').trim();
  // `+` and `-` keep their spaces: `a - -b` is not `a--b`.
  return bare.startsWith('#') ? bare : bare.replaceAll(/\s*([*/=<>(),;{}?:&|!])\s*/g, '$1');
}
