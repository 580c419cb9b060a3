import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readCanonicalFace } from '../../sdk/geometry/canonical-face-reader.ts';
import type { NetworkSlips } from '../../sdk/geometry/network-slips.ts';
import { filmingHost, photographedFaces, watchFilms, withFilmingPage } from './filming.ts';
import { learnSlips } from './learn-slips.ts';
import type { SeenFilm } from './page/main.ts';
import type { RegistrationFilm } from './sampling.ts';
import { drawFilms } from './sampling.ts';

/** Other heads, lamps and places than the bench measures. */
const tuningSeeds = [4_711, 5_151, 6_262];
const filmsPerSeed = 80;
const table = resolve(import.meta.dirname, '../../sdk/geometry/face-landmarker-slips.ts');
const stepMm = 0.1;

/** Films and what the network said of them, as kept by an earlier run. */
interface Watched {
  readonly films: readonly RegistrationFilm[];
  readonly seen: readonly SeenFilm[];
}

function encoded(valuesMm: Float32Array): string {
  const bytes = Int8Array.from(valuesMm, (value) =>
    Math.max(-127, Math.min(127, Math.round(value / stepMm))),
  );
  return Buffer.from(bytes.buffer).toString('base64');
}

function sourceOf({ vertices, biasMm, modesMm, modeCount, noiseMm }: NetworkSlips, pictures: number): string {
  return `import type { NetworkSlips } from './network-slips.ts';
import { unpackSlips } from './network-slips.ts';

/**
 * How the face landmarker of tasks-vision 1.1.0 errs: learnt by \`node bench/registration/learn.ts\` from ${pictures} pictures of
 * drawn heads with two photographed faces, mirrored ones included twice; seeds apart from the bench's. Tenths of a
 * millimetre as signed bytes in base64, in the order of \`NetworkSlips\`. Written by that program, not by hand.
 */
export function faceLandmarkerSlips(): NetworkSlips {
  return unpackSlips({ vertices, bias, modes, modeCount: ${modeCount}, noise });
}

const vertices = [${vertices.join(', ')}];
const bias =
  '${encoded(biasMm)}';
const modes =
  '${encoded(modesMm)}';
const noise =
  '${encoded(noiseMm)}';
`;
}

async function watchTuningFilms(): Promise<Watched> {
  const asked = filmingHost();
  if (!asked.ok) throw new Error(`this host lacks ${asked.lacking.join(', ')}`);
  const films = tuningSeeds.flatMap((seed) => drawFilms(filmsPerSeed, seed, photographedFaces));
  return { films, seen: await withFilmingPage(asked.host, (page) => watchFilms(page, films)) };
}

/** `node bench/registration/learn.ts MODEL [WATCHED.json …]`: writes the table; without kept films it draws new ones. */
const [model = '', ...kept] = process.argv.slice(2);
const face = readCanonicalFace(new Uint8Array(readFileSync(model)));
const watched =
  kept.length === 0
    ? [await watchTuningFilms()]
    : kept.map((file) => JSON.parse(readFileSync(file, 'utf8')) as Watched);
const films = watched.flatMap((set) => set.films);
const seen = watched.flatMap((set) => set.seen);
const pictures = seen.flat().filter((picture) => picture !== null).length;
writeFileSync(table, sourceOf(learnSlips(face, films, seen), pictures));
