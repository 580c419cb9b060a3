import { describe, expect, it } from 'vitest';
import { partsOf } from './page-heap.ts';

describe('a page’s heap', () => {
  it('is taken apart into what the program holds and what was compiled of it', () => {
    const kinds = [
      'hidden',
      'array',
      'string',
      'object',
      'code',
      'closure',
      'native',
      'synthetic',
      'object shape',
    ];
    const names = ['', 'system / WeakArrayList'];
    const node = (kind: string, bytes: number, name = '') => [
      kinds.indexOf(kind),
      names.indexOf(name),
      bytes,
    ];
    const text = JSON.stringify({
      snapshot: {
        meta: { node_fields: ['type', 'name', 'self_size'], node_types: [kinds, 'string', 'number'] },
      },
      nodes: [
        node('object', 32),
        node('array', 400),
        node('closure', 28),
        node('string', 20),
        node('code', 5_000),
        node('object shape', 60),
        node('hidden', 8),
        node('native', 90_000),
        node('native', 80, 'system / WeakArrayList'),
        node('synthetic', 0),
      ].flat(),
      strings: names,
    });
    expect(partsOf(text)).toEqual({ code: 5_148, objects: 480 });
  });

  it('is not guessed at where the snapshot is another than was known', () => {
    expect(() => partsOf('{"snapshot":{}}')).toThrow();
  });
});
