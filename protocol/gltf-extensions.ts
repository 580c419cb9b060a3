/**
 * Extensions of glTF that a piece's file may require: every mirror reads them. Whatever else is required would be shown wrong, so the check
 * before a piece is published and the mirror itself refuse it.
 */
export const readExtensions: ReadonlySet<string> = new Set([
  'KHR_materials_variants',
  'KHR_materials_transmission',
  'KHR_materials_volume',
  'KHR_materials_ior',
  'KHR_materials_clearcoat',
  'KHR_materials_sheen',
  'KHR_materials_specular',
  'KHR_materials_iridescence',
  'KHR_materials_anisotropy',
  'KHR_materials_dispersion',
  'KHR_materials_emissive_strength',
  'KHR_mesh_quantization',
  'KHR_texture_transform',
  'EXT_texture_webp',
  'EXT_mesh_gpu_instancing',
]);
