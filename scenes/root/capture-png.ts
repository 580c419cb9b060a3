import type { RootState } from '@react-three/fiber';

/**
 * The picture of a root as a PNG at the canvas's own resolution, turned the other way round when `mirrored`. It is drawn
 * anew and read in the same task, because the canvas does not keep its pixels after the compositor took them.
 */
export async function capturePng({ gl, scene, camera }: RootState, mirrored: boolean): Promise<Blob> {
  gl.render(scene, camera);
  const { width, height } = gl.domElement;
  const copy = new OffscreenCanvas(width, height);
  const context = copy.getContext('2d');
  if (context === null) throw new DOMException('No 2D canvas is to be had.', 'NotSupportedError');
  if (mirrored) context.setTransform(-1, 0, 0, 1, width, 0);
  context.drawImage(gl.domElement, 0, 0);
  return copy.convertToBlob({ type: 'image/png' });
}
