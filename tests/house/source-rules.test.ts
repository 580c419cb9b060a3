import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const rootDir = path.resolve(import.meta.dirname, '../..');

function trackedFiles(): string[] {
  return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: rootDir,
    encoding: 'utf8',
  })
    .trim()
    .split('\n');
}

const read = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');

describe('the sources', () => {
  it('import the tracking library in the tracker worker and nowhere else', () => {
    const importers = trackedFiles()
      .filter((file) => /^(sdk|scenes|kiosk|advisor|console|embed)\/.*\.tsx?$/.test(file))
      .filter((file) => /from '@mediapipe\/tasks-vision'|import\('@mediapipe/.test(read(file)))
      .filter((file) => !/^import type .*@mediapipe/m.test(read(file)) || /^import \{/m.test(read(file)));
    expect(importers.every((file) => file.startsWith('sdk/tracking/'))).toBe(true);
    expect(importers.length).toBeLessThanOrEqual(1);
  });

  it('name no foreign host that a browser could be sent to', () => {
    const offenders = trackedFiles()
      .filter(
        (file) =>
          /^(sdk|scenes|kiosk|advisor|console|embed)\/.*\.(tsx?|css|html)$/.test(file) &&
          !/(\.test\.|\/testing\.ts$)/.test(file),
      )
      .filter((file) =>
        /https?:\/\/(?!localhost|www\.w3\.org)[a-z]/i.test(
          read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, ''),
        ),
      );
    expect(offenders).toEqual([]);
  });

  it('pin every dependency to one exact version', () => {
    const manifest = JSON.parse(read('package.json')) as Record<string, Record<string, string> | undefined>;
    const versions = ['dependencies', 'devDependencies', 'optionalDependencies'].flatMap((kind) =>
      Object.entries(manifest[kind] ?? {}),
    );
    expect(versions.length).toBeGreaterThan(20);
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  });
});
