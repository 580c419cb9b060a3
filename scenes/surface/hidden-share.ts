import { MeshPhysicalMaterial, type Material } from 'three';
import { transmissionOf, transmittanceOf } from './glass.ts';

/** How much of the light a material keeps from what lies behind it: 1 for all but glass and its like. */
export function hiddenShare(material: Material): number {
  const transmission = transmissionOf(material);
  if (!(material instanceof MeshPhysicalMaterial) || transmission === 0) return 1;
  const [red, green, blue] = transmittanceOf(material);
  return 1 - 0.92 * ((red + green + blue) / 3) * transmission;
}
