import { expect, it } from 'vitest';
import { DrawnCanvas } from './drawn-canvas.ts';

it('is empty until a picture is drawn, after its size changed and after its memory was lost', () => {
  const canvas = { width: 300, height: 150 };
  const drawn = new DrawnCanvas(canvas);
  expect(drawn.isEmpty).toBe(true);
  drawn.note();
  expect(drawn.isEmpty).toBe(false);
  canvas.height = 200;
  expect(drawn.isEmpty).toBe(true);
  canvas.height = 150;
  canvas.width = 301;
  expect(drawn.isEmpty).toBe(true);
  drawn.note();
  expect(drawn.isEmpty).toBe(false);
  drawn.forget();
  expect(drawn.isEmpty).toBe(true);
});
