import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const rootDir = path.resolve(import.meta.dirname, '../..');
const packageDir = path.join(rootDir, 'dist/package');
const libraries = path.join(rootDir, 'node_modules');

/** A project of somebody else's, which installed the built package. */
describe('the published package, in a project that consumes it', () => {
  let dir: string;

  beforeAll(() => {
    if (!existsSync(packageDir)) throw new Error('dist/package is missing: run npm run build first.');
    dir = mkdtempSync(path.join(os.tmpdir(), 'vitrine-consumer-'));
    cpSync(path.join(import.meta.dirname, 'project'), dir, { recursive: true });
    const modules = path.join(dir, 'node_modules');
    mkdirSync(modules);
    cpSync(packageDir, path.join(modules, 'vitrine'), { recursive: true });
    const manifest = JSON.parse(readFileSync(path.join(packageDir, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
      peerDependencies: Record<string, string>;
    };
    const wanted = [
      ...Object.keys(manifest.dependencies),
      ...Object.keys(manifest.peerDependencies),
      '@types',
    ];
    for (const name of wanted) {
      mkdirSync(path.dirname(path.join(modules, name)), { recursive: true });
      symlinkSync(path.join(libraries, name), path.join(modules, name));
    }
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  const node = (...args: string[]) => execFileSync(process.execPath, args, { cwd: dir, encoding: 'utf8' });

  it('imports every entry in Node without a fault', () => {
    expect(JSON.parse(node('use.js'))).toEqual({
      typedCode: 'AB10CD1E',
      error: 'zod refuses',
      sdk: true,
      scenes: true,
      element: true,
      boutique: true,
      connector: true,
    });
  });

  it('type-checks against the declarations', () => {
    expect(() => node(path.join(libraries, 'typescript/bin/tsc'), '-p', '.')).not.toThrow();
  });

  it('fails the type check where the contract is broken', () => {
    expect(() => node(path.join(libraries, 'typescript/bin/tsc'), '-p', 'tsconfig.broken.json')).toThrow();
  });

  it('carries no server, no TypeScript source and no address of a foreign host', () => {
    const files = execFileSync('find', [packageDir, '-type', 'f'], { encoding: 'utf8' }).trim().split('\n');
    const names = files.map((file) => path.relative(packageDir, file));
    expect(
      names.filter((name) => name.startsWith('server') || (name.endsWith('.ts') && !name.endsWith('.d.ts'))),
    ).toEqual([]);
    const manifest = readFileSync(path.join(packageDir, 'package.json'), 'utf8');
    expect(manifest).not.toMatch(/fastify|better-sqlite3|node-linux/);
  });
});
