import type { Delegate } from './worker-messages.ts';

/** The GPU must be this much faster to be worth its memory and its slower start. */
const worthwhileShare = 0.75;
const softwareRenderers = /swiftshader|llvmpipe|softpipe|software|basic render|virtualbox|svga3d/i;

/** Whether a WebGL renderer's name is one of a driver that computes on the CPU. */
export function isSoftwareRenderer(name: string): boolean {
  return name === '' || softwareRenderers.test(name);
}

/** The name of this scope's WebGL renderer; empty when there is none or it stays silent. */
export function webglRendererName(): string {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (context === null) return '';
  const info = context.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = context.getParameter(info === null ? context.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof name === 'string' ? name : '';
}

/** Which delegate to run, from the median time of a frame on each; `gpuMs` is null when it did not run. */
export function chooseDelegate(cpuMs: number, gpuMs: number | null): Delegate {
  return gpuMs !== null && gpuMs < cpuMs * worthwhileShare ? 'GPU' : 'CPU';
}
