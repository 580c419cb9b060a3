/** Tells, when asked, whether the graphics processor has done everything that it was asked for until a moment. */
export class GpuFence {
  readonly #gl: WebGLRenderingContext | WebGL2RenderingContext;
  #sync: WebGLSync | null = null;

  constructor(gl: WebGLRenderingContext | WebGL2RenderingContext) {
    this.#gl = gl;
  }

  /** From now on `isPassed` speaks of what was asked for until here. */
  raise(): void {
    const gl = this.#gl;
    if (!(gl instanceof WebGL2RenderingContext)) return;
    this.lower();
    this.#sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    gl.flush();
  }

  /** True also where nothing was raised, or nothing can be. */
  get isPassed(): boolean {
    const gl = this.#gl;
    if (this.#sync === null || !(gl instanceof WebGL2RenderingContext)) return true;
    if (!gl.isContextLost() && gl.getSyncParameter(this.#sync, gl.SYNC_STATUS) !== gl.SIGNALED) return false;
    this.lower();
    return true;
  }

  /** Asks no more. */
  lower(): void {
    if (this.#gl instanceof WebGL2RenderingContext) this.#gl.deleteSync(this.#sync);
    this.#sync = null;
  }
}
