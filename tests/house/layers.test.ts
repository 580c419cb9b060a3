import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const rootDir = path.resolve(import.meta.dirname, '../..');

/** Each planted import breaks one layer rule of the house. */
const violations: readonly (readonly [file: string, source: string])[] = [
  ['protocol/planted.ts', "import { planted } from '../sdk/core/planted.ts';\nexport const use = planted;\n"],
  ['protocol/planted-node.ts', "import { readFileSync } from 'node:fs';\nexport const use = readFileSync;\n"],
  [
    'sdk/geometry/planted.ts',
    "import { planted } from '../tracking/planted.ts';\nexport const use = planted;\n",
  ],
  [
    'sdk/calibration/planted.ts',
    "import { planted } from '../tracking/planted.ts';\nexport const use = planted;\n",
  ],
  ['sdk/tracking/planted.ts', "import { planted } from '../sync/planted.ts';\nexport const use = planted;\n"],
  ['sdk/sync/planted.ts', "import { planted } from '../tracking/planted.ts';\nexport const use = planted;\n"],
  [
    'sdk/session/planted.ts',
    "import { FaceLandmarker } from '@mediapipe/tasks-vision';\nexport const use = FaceLandmarker;\n",
  ],
  ['scenes/planted.ts', "import { io } from 'socket.io-client';\nexport const use = io;\n"],
  [
    'scenes/planted-kiosk.ts',
    "import { planted } from '../kiosk/planted.ts';\nexport const use = planted;\n",
  ],
  ['kiosk/planted.ts', "import { planted } from '../server/planted.ts';\nexport const use = planted;\n"],
  [
    'advisor/planted.ts',
    "import { planted } from '../sdk/tracking/planted.ts';\nexport const use = planted;\n",
  ],
  ['server/planted.ts', "import { planted } from '../sdk/core/planted.ts';\nexport const use = planted;\n"],
  ['assets/planted.ts', "import { planted } from '../server/planted.ts';\nexport const use = planted;\n"],
  [
    'examples/tracking/planted.ts',
    "import { planted } from '../../sdk/core/planted.ts';\nexport const use = planted;\n",
  ],
];

describe('the layer rules', () => {
  let dir: string;

  beforeAll(() => {
    dir = mkdtempSync(path.join(os.tmpdir(), 'vitrine-layers-'));
    cpSync(path.join(rootDir, '.oxlintrc.json'), path.join(dir, '.oxlintrc.json'));
    symlinkSync(path.join(rootDir, 'node_modules'), path.join(dir, 'node_modules'));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const lint = (): string => {
    try {
      return execFileSync(path.join(rootDir, 'node_modules/.bin/oxlint'), ['--format', 'unix', '.'], {
        cwd: dir,
        encoding: 'utf8',
      });
    } catch (fault) {
      return String((fault as { stdout?: string }).stdout);
    }
  };

  it('let a rightful import pass', () => {
    mkdirSync(path.join(dir, 'sdk/sync'), { recursive: true });
    writeFileSync(
      path.join(dir, 'sdk/sync/rightful.ts'),
      "import { ok } from '../core/result.ts';\nexport const use = ok;\n",
    );
    expect(lint()).not.toContain('restricted');
  });

  it.each(violations)('bite on a violation planted in %s', (file, source) => {
    const planted = path.join(dir, file);
    mkdirSync(path.dirname(planted), { recursive: true });
    writeFileSync(planted, source);
    try {
      const line = lint()
        .split('\n')
        .find((text) => text.includes(path.basename(file)) && text.includes('restricted'));
      expect(line).toBeDefined();
    } finally {
      rmSync(planted);
    }
  });

  it('bite on a cycle', () => {
    mkdirSync(path.join(dir, 'sdk/core'), { recursive: true });
    writeFileSync(
      path.join(dir, 'sdk/core/a.ts'),
      "import { b } from './b.ts';\nexport const a = () => b;\n",
    );
    writeFileSync(
      path.join(dir, 'sdk/core/b.ts'),
      "import { a } from './a.ts';\nexport const b = () => a;\n",
    );
    expect(lint()).toMatch(/cycle/i);
  });
});
