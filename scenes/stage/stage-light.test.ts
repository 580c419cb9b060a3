import { Scene, type WebGLRenderer } from 'three';
import { expect, it } from 'vitest';
import type { LightEstimate } from '../../sdk/anchors/anchor-frame.ts';
import { StageLight } from './stage-light.ts';

it('is as dark as the client in a dim room, no darker than a camera shows them, and the studio’s own where there is none', () => {
  const scene = new Scene();
  const light = new StageLight({} as WebGLRenderer, scene);
  const seen = (exposure: number, cameraPerDevicePx: number | null = 1): number => {
    const estimate: LightEstimate = {
      tint: [1, 1, 1],
      exposure,
      harmonics: null,
      noise: null,
      source: 'face',
    };
    light.take(estimate, cameraPerDevicePx);
    return scene.environmentIntensity;
  };
  expect([1, 0.3, 0.12].map((exposure) => seen(exposure))).toEqual([1, 0.3, 0.12]);
  expect(seen(0.001)).toBeGreaterThan(0.05);
  expect(seen(9)).toBeLessThan(2);
  expect(seen(0.12, null)).toBe(1);
});
