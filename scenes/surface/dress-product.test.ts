import { ShaderLib, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { MeshPhysicalMaterial } from 'three';
import {
  createProductUniforms,
  dressProduct,
  insertAfter,
  tintedEnvironment,
  type StageLook,
} from './dress-product.ts';
import { GlassKeeper } from './glass.ts';
import { createGrain } from './grain.ts';

const look = (): StageLook => ({
  lightTint: { value: new Vector3(1, 1, 1) },
  grain: createGrain(),
  glass: new GlassKeeper('dispersed'),
});

describe('a product’s material', () => {
  it('takes the light’s tint in every lookup of the environment that three.js makes', () => {
    const lookups = tintedEnvironment().match(/\* envMapIntensity/g) ?? [];
    const tinted = tintedEnvironment().match(/\* envMapIntensity \* lightTint/g) ?? [];
    expect(lookups.length).toBeGreaterThanOrEqual(2);
    expect(tinted.length).toBe(lookups.length);
  });

  it('finds every line of three.js’s shader that it adds to', () => {
    const material = new MeshPhysicalMaterial({ transmission: 1 });
    dressProduct(material, createProductUniforms(look()));
    const { vertexShader, fragmentShader } = ShaderLib.physical;
    const shader = { uniforms: {}, vertexShader, fragmentShader };
    material.onBeforeCompile(shader as never, null as never);
    expect(shader.fragmentShader).toContain('gl_FragColor.a *= productCoverage()');
    expect(shader.fragmentShader).toContain('lightTint');
    expect(shader.vertexShader).toContain('vPieceMm =');
    expect(shader.vertexShader).toContain('vHair =');
    expect(shader.uniforms).toHaveProperty('presence');
  });

  it('lets the camera picture through a lens untouched by tone mapping, and maps everything else', () => {
    const lens = new MeshPhysicalMaterial({ transmission: 1 });
    const metal = new MeshPhysicalMaterial({ metalness: 1 });
    for (const material of [lens, metal]) dressProduct(material, createProductUniforms(look()));
    expect(lens.toneMapped).toBe(false);
    expect(metal.toneMapped).toBe(true);
  });

  it('says so when an update of three.js took a line away', () => {
    expect(() => insertAfter('void main() {}', '#include <common>', 'x')).toThrow('#include <common>');
  });
});
