import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Rolldown } from 'vite';
import { expect, it } from 'vitest';
import { embedScriptSizes } from '../../bench/load/script-sizes.ts';
import { tintedEnvironment } from '../../scenes/surface/dress-product.ts';
import { leanThree } from '../../tools/build/lean-three/lean-three-plugin.ts';
import { rootDir, webDir } from '../../tools/support/paths.ts';

const kibi = 1024;
const sdk = path.join(webDir, 'sdk');

async function chunks(): Promise<string[]> {
  const names = await readdir(path.join(sdk, 'chunks'));
  return names.filter((name) => name.endsWith('.js')).map((name) => `chunks/${name}`);
}

const compressed = async (name: string): Promise<number> =>
  gzipSync(await readFile(path.join(sdk, name))).byteLength;

it('weighs no more on an agency’s page than its budget: everything that a first piece needs, compressed', async () => {
  const { mainBytes, trackerBytes, visitorBytes } = await embedScriptSizes();
  expect(mainBytes).toBeLessThanOrEqual(260 * kibi);
  expect(trackerBytes).toBeLessThanOrEqual(21 * kibi);
  expect(visitorBytes).toBeLessThanOrEqual(16 * kibi);
  // No script is in none of the parts: the workers lie beside the chunks, and so does the other element.
  const sizes = await Promise.all(['vitrine.js', ...(await chunks())].map(compressed));
  expect(mainBytes + trackerBytes + visitorBytes).toBe(sizes.reduce((sum, size) => sum + size, 0));
});

it('brings nothing of three.js that no page of ours uses', async () => {
  const scripts = await Promise.all((await chunks()).map((name) => readFile(path.join(sdk, name), 'utf8')));
  const all = scripts.join('\n');
  expect(all).toContain('#include <envmap_physical_pars_fragment>');
  expect(all).not.toMatch(/XRWebGLLayer|requestReferenceSpace|THREE\.KeyframeTrack/);
  // Shaders without what no compiler reads.
  expect(all).not.toMatch(/^[ \t]+#include </m);
});

it('keeps the light’s tint in every lookup of the environment, in shaders without spaces too', async () => {
  const built = await build({
    configFile: false,
    root: rootDir,
    logLevel: 'error',
    plugins: [leanThree()],
    build: {
      write: false,
      minify: false,
      rolldownOptions: {
        input: path.join(rootDir, 'scenes/surface/dress-product.ts'),
        preserveEntrySignatures: 'strict',
      },
    },
  });
  const { code } = (built as Rolldown.RolldownOutput).output[0];
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    readonly tintedEnvironment: typeof tintedEnvironment;
  };
  const lookups = /envMapIntensity \* lightTint/g;
  expect(module.tintedEnvironment()).not.toBe(tintedEnvironment());
  expect(module.tintedEnvironment().match(lookups)).toEqual(tintedEnvironment().match(lookups));
});
