import { readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const scenesDir = import.meta.dirname;

/** Every module of this repository that an entry reaches by static imports, types left out. */
function reach(entry: string): string[] {
  const seen = new Set<string>();
  const waiting = [resolve(scenesDir, entry)];
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    const source = readFileSync(file, 'utf8').replaceAll(/^(?:import|export) type .*?;$/gms, '');
    for (const [, specifier = ''] of source.matchAll(/^(?:import|export)[^;]*?from '(\.[^']+)';/gms)) {
      waiting.push(resolve(dirname(file), specifier));
    }
  }
  return [...seen].map((file) => relative(resolve(scenesDir, '..'), file)).sort();
}

describe('the entries of the scenes', () => {
  it.each(['./index.ts', './entry-react.tsx', './entry-element.ts', './viewer/index.ts'])(
    '%s can be imported where there is no browser',
    async (entry) => {
      await expect(import(entry)).resolves.toBeTypeOf('object');
    },
  );

  it('give the advisor’s tablet a viewer that reaches neither tracking nor anything measured from a face', () => {
    const reached = reach('viewer/index.ts');
    expect(reached).toContain('scenes/viewer/viewer-stage.ts');
    expect(reached.filter((file) => /^sdk\/(?!core\/)|^scenes\/(?:stage|categories)\//.test(file))).toEqual(
      [],
    );
  });

  it('start the element without the stage and without the tracker, which come when they are wanted', () => {
    const reached = reach('entry-element.ts');
    expect(reached).toContain('scenes/element/try-on.ts');
    expect(reached.filter((file) => file.startsWith('scenes/stage/'))).toEqual([]);
    expect(reached).not.toContain('sdk/tracking/camera-tracker.ts');
  });
});
