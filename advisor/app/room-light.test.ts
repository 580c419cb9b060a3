import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Theme } from '../../protocol/theme.ts';
import { backRoomTheme, contrast, isDark } from './back-room-theme.ts';
import { RoomLights } from './room-light.ts';

const themeOf = (maison: string) => {
  const file = path.resolve(import.meta.dirname, `../../assets/collections/${maison}/theme.json`);
  return Theme.parse(JSON.parse(readFileSync(file, 'utf8')));
};

describe('the back room', () => {
  it('is dark, and every word and button in it can be read', () => {
    const theme = backRoomTheme(themeOf('aurelle'));
    const { ground, surface, ink, inkQuiet, accent, onAccent } = theme.colours;
    expect(isDark(theme)).toBe(true);
    for (const text of [ink, inkQuiet, accent]) {
      expect(contrast(text, ground)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(text, surface)).toBeGreaterThanOrEqual(4.5);
    }
    expect(contrast(onAccent, accent)).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  });

  it('leaves a house alone that is dark already', () => {
    expect(backRoomTheme(themeOf('norde'))).toEqual(themeOf('norde'));
  });
});

describe('the tablet’s light', () => {
  const shelf = () => {
    const kept = new Map<string, string>();
    return {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  };
  const deviceOf = (isDark: boolean) => {
    const listeners: ((isDark: boolean) => void)[] = [];
    return {
      isDark,
      onChange: (listener: (isDark: boolean) => void) => void listeners.push(listener),
      turns: (dark: boolean) => listeners.forEach((listener) => listener(dark)),
    };
  };

  it('follows the device until an advisor chooses, and then the advisor, also after a reload', () => {
    const storage = shelf();
    const device = deviceOf(true);
    const lights = new RoomLights(storage, device);
    expect(lights.state.get()).toBe('back-room');
    device.turns(false);
    expect(lights.state.get()).toBe('floor');
    lights.toggle();
    expect(lights.state.get()).toBe('back-room');
    device.turns(false);
    expect(lights.state.get()).toBe('back-room');
    expect(new RoomLights(storage, deviceOf(false)).state.get()).toBe('back-room');
  });
});
