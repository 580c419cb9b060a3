import { MeshPhysicalMaterial, type Material } from 'three';
import { MM_PER_METRE } from '../units.ts';

/** How much of the light a material keeps from what lies behind it: 1 for all but glass and its like. */
export function hiddenShare(material: Material): number {
  if (!(material instanceof MeshPhysicalMaterial) || material.transmission === 0) return 1;
  const { r, g, b } = material.attenuationColor;
  const thicknessMm = material.thickness * MM_PER_METRE;
  const passed = Number.isFinite(material.attenuationDistance)
    ? ((r + g + b) / 3) ** (thicknessMm / Math.max(material.attenuationDistance, 1e-6))
    : 1;
  return 1 - 0.92 * passed * material.transmission;
}
