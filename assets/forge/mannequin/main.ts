import { mkdir, writeFile } from 'node:fs/promises';
import { forgeMannequin } from './mannequin.ts';

// Usage: node assets/forge/mannequin/main.ts
const folder = new URL('../../collections/shared/', import.meta.url);
await mkdir(folder, { recursive: true });
const glb = await forgeMannequin();
await writeFile(new URL('mannequin.glb', folder), glb);
process.stdout.write(`mannequin.glb, ${Math.round(glb.byteLength / 1024)} kB\n`);
