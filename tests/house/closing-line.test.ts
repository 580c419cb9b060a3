import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rootDir } from '../../tools/support/paths.ts';

const tests = {
  passes: "it('passes', () => {});",
  skips: "it.skip('waits for a camera', () => {});",
  fails: "it('fails', () => { throw new Error('no'); });",
} as const;

describe('the closing line of a test run', () => {
  let dir: string;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(os.tmpdir(), 'vitrine-closing-'));
    await symlink(path.join(rootDir, 'node_modules'), path.join(dir, 'node_modules'));
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  async function runSuite(bodies: readonly string[], requireAll: boolean) {
    await writeFile(path.join(dir, 'a.test.ts'), `import { it } from 'vitest';\n${bodies.join('\n')}`);
    const child = spawn(
      process.execPath,
      [
        path.join(rootDir, 'node_modules/vitest/vitest.mjs'),
        'run',
        `--reporter=${path.join(rootDir, 'tests/support/closing-line-reporter.ts')}`,
      ],
      {
        cwd: dir,
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { PATH: process.env['PATH'], VITRINE_REQUIRE_ALL: requireAll ? '1' : '' },
      },
    );
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    return { code, lines: output.trim().split('\n') };
  }

  it('counts, names what was skipped, and fails for nothing but a failure', async () => {
    const skipping = await runSuite([tests.passes, tests.skips], false);
    expect(skipping).toEqual({
      code: 0,
      lines: ['skipped: a.test.ts: waits for a camera', '1 passed, 0 failed, 1 skipped'],
    });
    const failing = await runSuite([tests.passes, tests.fails], false);
    expect(failing.code).toBe(1);
    expect(failing.lines.at(-1)).toBe('1 passed, 1 failed, 0 skipped');
  });

  it('counts a file that cannot be read as a failure', async () => {
    const { code, lines } = await runSuite(["import './missing.ts';"], false);
    expect(code).toBe(1);
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 0 skipped');
  });

  it('fails a run that skipped something on a host that promised to have everything', async () => {
    const { code, lines } = await runSuite([tests.passes, tests.skips], true);
    expect(code).toBe(1);
    expect(lines).toContain('VITRINE_REQUIRE_ALL=1: a skipped test is a failure.');
    expect((await runSuite([tests.passes], true)).code).toBe(0);
  });
});
