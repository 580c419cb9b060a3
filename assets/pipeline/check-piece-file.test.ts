import { describe, expect, it } from 'vitest';
import { edited, spectacles } from './glb-for-tests.ts';
import { checkPieceFile } from './check-piece-file.ts';

const fine = await spectacles({ triangles: 40 });
const coarse = await spectacles({ triangles: 10 });

const check = (name: string, files: Readonly<Record<string, Uint8Array>>) =>
  checkPieceFile(
    name,
    (file) => {
      const bytes = files[file];
      return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`no such file: ${file}`));
    },
    (file) => Object.hasOwn(files, file),
  );

describe('what an artist is told of a file', () => {
  it('is what it measures, what it costs and which finishes it has', async () => {
    const { ok, line } = await check('a.glb', { 'a.glb': fine });
    expect(ok).toBe(true);
    expect(line).toMatch(
      /a\.glb: accepted\. 140 × 10 × 140 mm; 40 triangles, \d+ bytes.*finishes: tortoise$/,
    );
  });

  it('is in one line that it is not there, or what is wrong with it', async () => {
    expect(await check('b.glb', {})).toEqual({
      ok: false,
      line: 'b.glb: unreadable. The file cannot be read: no such file: b.glb.',
    });
    const { ok, line } = await check('c.glb', { 'c.glb': fine.subarray(0, 400) });
    expect(ok).toBe(false);
    expect(line).toMatch(/^c\.glb: cut-short\. /);
  });

  it('counts its second level, which has the same parts and far fewer triangles', async () => {
    const both = await check('a.glb', { 'a.glb': fine, 'a.lod1.glb': coarse });
    expect(both.ok).toBe(true);
    expect(both.line).toContain('second level: 10 triangles');
    const heavy = await check('a.glb', { 'a.glb': fine, 'a.lod1.glb': fine });
    expect(heavy.line).toBe('a.lod1.glb: wrong-lod. The second level has 40 triangles; 12 are allowed.');
    const renamed = edited(coarse, (json) => {
      const nodes = json['nodes'] as { name?: string; mesh?: number }[];
      for (const node of nodes) if (node.mesh !== undefined) node.name = 'rim';
    });
    // The hinge that moves is named by the extras.
    const other = await check('a.glb', { 'a.glb': fine, 'a.lod1.glb': renamed });
    expect(other.ok).toBe(false);
  });
});
