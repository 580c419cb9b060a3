import { describe, expect, it } from 'vitest';
import { withLeanGlsl } from './lean-glsl.ts';

const lean = (code: string): string => withLeanGlsl(code, 'shader.ts');

describe('GLSL as a compiler reads it', () => {
  it('loses comments, empty lines, indentation and the spaces around operators', () => {
    expect(
      lean(
        'const a = /* glsl */ `\n  // Why.\n  float x = max( a, b ); /* and\n  more */\n\n  if (x > 0.0) discard;\n`;',
      ),
    ).toBe('const a = /* glsl */ `float x=max(a,b);\nif(x>0.0)discard;`;');
  });

  it('keeps what a preprocessor reads on lines of its own, as it is', () => {
    const source = '#ifdef A // why\n  #define F( x ) ( x * 2.0 )\n  #include <common>\n#endif';
    expect(lean(`const a = /* glsl */ \`\n${source}\n\`;`)).toBe(
      'const a = /* glsl */ `#ifdef A\n#define F( x ) ( x * 2.0 )\n#include <common>\n#endif`;',
    );
  });

  it('never makes two signs one', () => {
    expect(lean('const a = /* glsl */ `x = a - -b + +c;`;')).toBe('const a = /* glsl */ `x=a - -b + +c;`;');
  });

  it('leaves lines around what is put in alone, and the code that is put in', () => {
    const code = [
      'const a = /* glsl */ `',
      '  uniform vec2 band;  ${ also( " , " ) }',
      '  float y = b * c;',
      '  // Not ${ left } out',
      '  y = ${ /* glsl */ `a * b` } * 2.0;`;',
    ].join('\n');
    expect(lean(code)).toBe(
      [
        'const a = /* glsl */ `  uniform vec2 band;  ${ also( " , " ) }',
        'float y=b*c;',
        '  // Not ${ left } out',
        '  y = ${ /* glsl */ `a*b` } * 2.0;`;',
      ].join('\n'),
    );
  });

  it('touches no other template, and none with escapes', () => {
    const code = 'const a = `a * b`;\nconst b = /* glsl */ `a * b\\n`;\nconst c: string = a + b;';
    expect(lean(code)).toBe(code);
  });
});
