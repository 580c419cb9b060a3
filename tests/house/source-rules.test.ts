import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync, Visitor } from 'vite';
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

/** Every string that the source of a file says, without the values that are put into it. */
function stringsOf(file: string): string[] {
  const strings: string[] = [];
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === 'string') strings.push(value);
    },
    TemplateElement: ({ value }) => void strings.push(value.raw),
  }).visit(parseSync(file, read(file)).program);
  return strings;
}

const read = (file: string) => readFileSync(path.join(rootDir, file), 'utf8');

describe('the sources', () => {
  it('import the tracking library in the tracker worker and nowhere else', () => {
    const importsOf = (file: string) =>
      [...read(file).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^']+)'|\bimport\('([^']+)'\)/gm)]
        .map((match) => match[1] ?? match[2] ?? '')
        .map((from) => (from.startsWith('.') ? path.join(path.dirname(file), from) : from));
    const sources = trackedFiles()
      .filter((file) => /^(sdk|scenes|kiosk|advisor|console|phone|embed)\/.*\.tsx?$/.test(file))
      .filter((file) => !/(\.test\.tsx?|\/testing\.ts)$/.test(file))
      .map((file) => ({ file, imports: importsOf(file) }));
    const worker = 'sdk/tracking/tracker-worker.ts';
    const touching = new Set(['@mediapipe/tasks-vision']);
    for (let before = 0; before < touching.size;) {
      before = touching.size;
      for (const { file, imports } of sources)
        if (file !== worker && imports.some((from) => touching.has(from))) touching.add(file);
    }
    touching.delete('@mediapipe/tasks-vision');
    expect(touching.size).toBeGreaterThan(0);
    expect(read(worker)).toMatch(/-graphs?\.ts'|graph-code\.ts'/);
    // What leads to the library is known to nobody but the worker, and so lies beside it.
    expect(
      [...touching].filter(
        (file) => !/^sdk\/tracking\/(face-eye|hair-watch|[\w-]*graph[\w-]*)\.ts$/.test(file),
      ),
    ).toEqual([]);
  });

  it('name no foreign host that a browser could be sent to', () => {
    const offenders = trackedFiles()
      .filter(
        (file) =>
          /^(sdk|scenes|kiosk|advisor|console|phone|embed)\/.*\.(tsx?|css|html)$/.test(file) &&
          !/(\.test\.|\/testing\.ts$)/.test(file),
      )
      .filter((file) =>
        /https?:\/\/(?!localhost|www\.w3\.org)[a-z]/i.test(
          read(file).replaceAll(/\/\*[\s\S]*?\*\/|\/\/ .*$/gm, ''),
        ),
      );
    expect(offenders).toEqual([]);
  });

  it('break no French line before a mark that belongs to the word before it', () => {
    const said = trackedFiles()
      .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
      .filter((file) =>
        /^(protocol|sdk|scenes|kiosk|advisor|console|phone|embed|server|gallery)\//.test(file),
      )
      .flatMap((file) => stringsOf(file).map((text) => ({ file, text })))
      .filter(({ text }) => !text.includes('\n'));
    expect(said.length).toBeGreaterThan(10_000);
    expect(said.filter(({ text }) => /[\p{L}\p{N}})%°] [;:?!»](?= |$)|« /u.test(text))).toEqual([]);
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
