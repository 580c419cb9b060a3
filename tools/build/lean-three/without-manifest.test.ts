import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { expect, it } from 'vitest';
import { manifestMark, withoutManifest } from './without-manifest.ts';

it('keeps of a package’s description its version, and all the code', () => {
  const code =
    'let a = 1;\nvar packageData = {\n\tname: "f",\n\tversion: "9.1.0",\n\tbugs: {\n\t\turl: "u"\n\t}\n};\n\ng(packageData.version);\n';
  expect(withoutManifest(code)).toBe(
    'let a = 1;\nvar packageData = { version: "9.1.0" };\n\ng(packageData.version);\n',
  );
  expect(() => withoutManifest('let a = 1;')).toThrow(/leave this out/);
});

it('finds it in the renderer that is installed', async () => {
  const folder = path.dirname(createRequire(import.meta.url).resolve('@react-three/fiber/package.json'));
  const modules = (await readdir(path.join(folder, 'dist'))).filter((name) => name.endsWith('.esm.js'));
  const codes = await Promise.all(modules.map((name) => readFile(path.join(folder, 'dist', name), 'utf8')));
  const described = codes.filter((code) => manifestMark.test(code));
  expect(described).toHaveLength(1);
  for (const code of described) {
    const lean = withoutManifest(code);
    expect(lean).toMatch(/^var packageData = \{ version: "9\.[\d.]+" \};$/m);
    expect(lean).not.toContain('maintainers:');
  }
});
