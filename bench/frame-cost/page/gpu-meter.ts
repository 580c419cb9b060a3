/** What a page holds in GPU memory, reckoned from what it asked WebGL for. */
export interface GpuHoldings {
  readonly textureBytes: number;
  readonly bufferBytes: number;
  readonly textures: number;
  readonly buffers: number;
}

/** Bytes of a texel by sized internal format; what is not listed is taken for four. */
const texelBytes: ReadonlyMap<number, number> = new Map([
  [WebGL2RenderingContext.R8, 1],
  [WebGL2RenderingContext.RG8, 2],
  [WebGL2RenderingContext.R16F, 2],
  [WebGL2RenderingContext.RG16F, 4],
  [WebGL2RenderingContext.RGB16F, 6],
  [WebGL2RenderingContext.RGBA16F, 8],
  [WebGL2RenderingContext.RGBA32F, 16],
]);
const cubeFaces = 6;
/** A full chain of mip levels adds a third. */
const mipShare = 4 / 3;

/**
 * Counts textures, render buffers and vertex buffers of every WebGL context of this page, from the calls that allocate
 * them. Install before the first context is made.
 */
export function installGpuMeter(): () => GpuHoldings {
  const bytes = new Map<WebGLTexture | WebGLBuffer | WebGLRenderbuffer, number>();
  const prototype = WebGL2RenderingContext.prototype;
  const bound = (gl: WebGL2RenderingContext, query: number): WebGLTexture | null =>
    gl.getParameter(query) as WebGLTexture | null;
  const textureOf = (gl: WebGL2RenderingContext, target: number): WebGLTexture | null =>
    bound(gl, target === gl.TEXTURE_2D ? gl.TEXTURE_BINDING_2D : gl.TEXTURE_BINDING_CUBE_MAP);

  after('texStorage2D', (gl, [target, levels, format, width, height]) => {
    const texture = textureOf(gl, Number(target));
    if (texture === null) return;
    const faces = target === gl.TEXTURE_CUBE_MAP ? cubeFaces : 1;
    const base = Number(width) * Number(height) * faces * (texelBytes.get(Number(format)) ?? 4);
    bytes.set(texture, Number(levels) > 1 ? base * mipShare : base);
  });
  after('texImage2D', (gl, given) => {
    const [target, level, format, width, height] = given;
    const texture = textureOf(gl, Number(target));
    if (texture === null || level !== 0) return;
    // The short form carries a picture in place of width and height.
    const picture = given.length === 6 ? (given[5] as { width: number; height: number }) : { width, height };
    const texels = Number(picture.width) * Number(picture.height);
    bytes.set(texture, texels * (texelBytes.get(Number(format)) ?? 4));
  });
  after('bufferData', (gl, [target, data]) => {
    const query =
      target === gl.ELEMENT_ARRAY_BUFFER
        ? gl.ELEMENT_ARRAY_BUFFER_BINDING
        : target === gl.UNIFORM_BUFFER
          ? gl.UNIFORM_BUFFER_BINDING
          : gl.ARRAY_BUFFER_BINDING;
    const buffer = bound(gl, query);
    if (buffer === null) return;
    bytes.set(buffer, ArrayBuffer.isView(data) ? data.byteLength : Number(data));
  });
  after('deleteTexture', (_, [texture]) => void bytes.delete(texture as WebGLTexture));
  after('deleteBuffer', (_, [buffer]) => void bytes.delete(buffer as WebGLBuffer));

  return () => {
    let [textureBytes, bufferBytes, textures, buffers] = [0, 0, 0, 0];
    for (const [object, size] of bytes) {
      if (object instanceof WebGLTexture) {
        textureBytes += size;
        textures += 1;
      } else {
        bufferBytes += size;
        buffers += 1;
      }
    }
    return { textureBytes, bufferBytes, textures, buffers };
  };

  function after(
    name: 'texStorage2D' | 'texImage2D' | 'bufferData' | 'deleteTexture' | 'deleteBuffer',
    note: (gl: WebGL2RenderingContext, given: readonly unknown[]) => void,
  ): void {
    const original = Reflect.get(prototype, name) as (...given: unknown[]) => unknown;
    Reflect.set(prototype, name, function noted(this: WebGL2RenderingContext, ...given: unknown[]): unknown {
      const result = original.apply(this, given);
      note(this, given);
      return result;
    });
  }
}
