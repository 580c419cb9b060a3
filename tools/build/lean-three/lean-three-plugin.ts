import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';
import { glslMark, withLeanGlsl } from './lean-glsl.ts';
import { manifestMark, withoutManifest } from './without-manifest.ts';

/**
 * Modules of three.js that it loads whatever a page needs, and what takes their place: no page of ours is shown in a headset, and
 * none plays what a model file would move.
 */
const standIns: Readonly<Record<string, string>> = {
  'WebXRManager.js': 'without-webxr.ts',
  'AnimationClip.js': 'without-animation.ts',
  'PropertyBinding.js': 'without-animation.ts',
  'NumberKeyframeTrack.js': 'without-animation.ts',
  'QuaternionKeyframeTrack.js': 'without-animation.ts',
  'VectorKeyframeTrack.js': 'without-animation.ts',
};

/**
 * Shaders, and parts of such, that nothing of ours turns on: materials no page has, fog, heights, clipping, batches and depth by logarithms. glTF
 * knows none of them. Parts are left out with their contents, as every shader includes them by name.
 */
const unusedShaders =
  /\/ShaderLib\/(?:meshtoon|meshmatcap|meshphong|meshnormal|linedashed|shadow)\.glsl\.js$|\/ShaderChunk\/(?:fog|logdepthbuf|batching|displacementmap|bumpmap|alphahash|alphamap|clipping_planes|lightmap|lights_toon|lights_phong|gradientmap)_[a-z_]*\.glsl\.js$/;

/**
 * Builds with three.js's sources in place of its bundle, so that a page gets the modules it uses and no others, and with every shader, ours
 * among them, as a compiler reads it; of react-three-fiber its description stays at home. While developing, three.js stays as it is published.
 */
export function leanThree(): Plugin {
  const sources = path.dirname(createRequire(import.meta.url).resolve('three/src/Three.js'));
  return {
    name: 'vitrine-lean-three',
    apply: 'build',
    enforce: 'pre',
    config: () => ({
      resolve: { alias: [{ find: /^three$/, replacement: path.join(sources, 'Three.js') }] },
    }),
    resolveId: {
      filter: {
        id: new RegExp(
          `/(?:${Object.keys(standIns)
            .join('|')
            .replaceAll('.', String.raw`\.`)})$`,
        ),
      },
      handler(id, importer) {
        const standIn = importer?.startsWith(sources) === true ? standIns[path.basename(id)] : undefined;
        return standIn === undefined ? null : path.join(import.meta.dirname, standIn);
      },
    },
    load: {
      filter: { id: unusedShaders },
      handler: (id) =>
        id.includes('/ShaderChunk/')
          ? "export default '';"
          : "export const vertex = '';\nexport const fragment = '';",
    },
    transform: {
      filter: { code: [glslMark, manifestMark] },
      handler: (code, id) => ({
        code: manifestMark.test(code) ? withoutManifest(code) : withLeanGlsl(code, id.replace(/\?.*$/, '')),
        map: null,
      }),
    },
  };
}
