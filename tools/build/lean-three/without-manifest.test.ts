import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { withoutManifest } from './without-manifest.ts';

it('keeps of a package’s description its version, and all the code', () => {
  const code =
    'let a = 1;\nvar packageData = {\n\tname: "f",\n\tversion: "9.1.0",\n\tbugs: {\n\t\turl: "u"\n\t}\n};\n\ng(packageData.version);\n';
  expect(withoutManifest(code)).toBe(
    'let a = 1;\nvar packageData = { version: "9.1.0" };\n\ng(packageData.version);\n',
  );
  expect(() => withoutManifest('let a = 1;')).toThrow(/leave this out/);
});

it('reads the one that is installed', () => {
  const { resolve } = createRequire(import.meta.url);
  const entry = resolve('@react-three/fiber/package.json');
  const { version } = JSON.parse(readFileSync(entry, 'utf8')) as { readonly version: string };
  expect(version).toMatch(/^9\./);
});
