import * as fc from 'fast-check';
import { PropertyBinding as Whole } from 'three';
import { expect, it } from 'vitest';
import { PropertyBinding } from './without-animation.ts';

it('calls nodes as three.js does', () => {
  const names = fc.oneof(
    fc.string(),
    fc.string({ unit: fc.constantFrom('a', ' ', '\n', '[', ']', '.', ':', '/', '_') }),
  );
  fc.assert(
    fc.property(names, (name) => {
      expect(PropertyBinding.sanitizeNodeName(name)).toBe(Whole.sanitizeNodeName(name));
    }),
  );
});
