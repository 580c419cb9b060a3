import { Color, CustomBlending, MeshPhysicalMaterial, NormalBlending, ShaderLib, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { createProductUniforms, dressProduct } from './dress-product.ts';
import { GlassKeeper } from './glass.ts';
import { createGrain } from './grain.ts';
import { hiddenShare } from './hidden-share.ts';

function dressed(mode: 'dispersed' | 'bent' | 'baked', material: MeshPhysicalMaterial): GlassKeeper {
  const glass = new GlassKeeper(mode);
  const look = { lightTint: { value: new Vector3(1, 1, 1) }, grain: createGrain(), glass };
  dressProduct(material, createProductUniforms(look));
  return glass;
}

/** A millimetre and a half of emerald green, as a model in millimetres has it. */
const emerald = (): MeshPhysicalMaterial =>
  new MeshPhysicalMaterial({
    transmission: 1,
    ior: 1.58,
    thickness: 0.0015,
    attenuationDistance: 1.5,
    attenuationColor: new Color(0.1, 0.7, 0.4),
    dispersion: 0.2,
  });

describe('what lets light through', () => {
  it('gives up the spectrum first, then the bent picture, and takes both back', () => {
    const stone = emerald();
    const glass = dressed('dispersed', stone);
    expect([stone.transmission, stone.dispersion]).toEqual([1, 0.2]);
    glass.setMode('bent');
    expect([stone.transmission, stone.dispersion]).toEqual([1, 0]);
    glass.setMode('baked');
    expect([stone.transmission, stone.blending, stone.transparent]).toEqual([0, CustomBlending, true]);
    glass.setMode('dispersed');
    expect([stone.transmission, stone.dispersion]).toEqual([1, 0.2]);
    expect([stone.blending, stone.transparent, stone.alphaToCoverage]).toEqual([NormalBlending, false, true]);
  });

  it('keeps the eyes behind a clear lens sharp where the bent picture is a smaller one, and a tinted lens its tint', () => {
    const lens = (attenuationColor: Color): MeshPhysicalMaterial =>
      new MeshPhysicalMaterial({
        roughness: 0,
        transmission: 1,
        ior: 1.5,
        thickness: 0.001,
        attenuationDistance: 60,
        attenuationColor,
      });
    const [clear, tinted] = [lens(new Color(0.97, 0.99, 0.98)), lens(new Color(1e-6, 1e-6, 1e-6))];
    for (const [one, inBent] of [
      [clear, 0],
      [tinted, 1],
      [emerald(), 1],
    ] as const) {
      const glass = dressed('dispersed', one);
      expect(one.transmission).toBe(1);
      glass.setMode('bent');
      expect([one.transmission, one.transparent]).toEqual([inBent, inBent === 0]);
      glass.setMode('dispersed');
      expect([one.transmission, one.transparent]).toEqual([1, false]);
    }
  });

  it('hides no more of the light when it is baked: its shadow stays what it was', () => {
    const stone = emerald();
    const before = hiddenShare(stone);
    expect(before).toBeGreaterThan(0.3);
    expect(before).toBeLessThan(0.9);
    dressed('dispersed', stone).setMode('baked');
    expect(hiddenShare(stone)).toBe(before);
  });

  it('tells the baked shader what passes of each colour', () => {
    const stone = emerald();
    dressed('baked', stone);
    const shader = { ...ShaderLib.physical, uniforms: {} } as Record<string, unknown>;
    stone.onBeforeCompile(shader as never, null as never);
    const { glassPasses } = shader['uniforms'] as { glassPasses: { value: Vector3 } };
    const [red, green, blue] = glassPasses.value.toArray();
    expect(red).toBeCloseTo(0.1, 5);
    expect(green).toBeCloseTo(0.7, 5);
    expect(blue).toBeCloseTo(0.4, 5);
    expect(shader['fragmentShader']).toContain('glassLeft');
  });

  it('is followed until it is disposed, and leaves metal alone', () => {
    const stone = emerald();
    const metal = new MeshPhysicalMaterial({ metalness: 1 });
    const glass = dressed('dispersed', stone);
    expect(glass.keep(metal)).toBeNull();
    stone.dispose();
    glass.setMode('baked');
    expect(stone.transmission).toBe(1);
    expect(metal.transparent).toBe(false);
  });
});
