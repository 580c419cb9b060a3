/** Every piece, worn at fixed poses and lights by the kit's own visitor, as PNG: to be looked at, and compared by tests. */
import type { Piece } from '../protocol/product.ts';
import { systemClock } from '../sdk/core/clock.ts';
import { readCanonicalFace } from '../sdk/geometry/canonical-face-reader.ts';
import type { CanonicalFace } from '../sdk/geometry/canonical-face.ts';
import { neutralEstimate } from '../sdk/tracking/light-meter.ts';
import { loadCollection, loadConfig, type Collection } from '../sdk/session/collection.ts';
import { MaisonId } from '../protocol/ids.ts';
import { loadModel } from '../scenes/models/load-model.ts';
import type { MirrorMetrics } from '../scenes/stage/mirror-events.ts';
import { qualityRequestOf } from '../scenes/quality/quality-tier.ts';
import { mountMirror, type MirrorMount } from '../scenes/stage/mount-mirror.tsx';
import { isLook, visitorLooks, type VisitorLookName } from '../scenes/visitor/skin-tones.ts';
import { visitorModelPath } from '../scenes/visitor/visitor-request.ts';
import { VisitorScene } from '../scenes/visitor/visitor-scene.ts';
import { galleryLight, isLight } from './lights.ts';
import { viewsOf, type GalleryView } from './views.ts';
import { createVisitorStills, type VisitorStills } from './visitor-stills.ts';

/** For people, or for a test that looks at where things are. */
const sizes = { large: { widthPx: 1_080, heightPx: 1_440 }, small: { widthPx: 480, heightPx: 640 } } as const;
/** A prepared piece fades in, at the display's pace. */
const mostFrames = 240;

/** One picture of the sheet. */
export interface Shot {
  readonly name: string;
  readonly png: Blob;
}

declare global {
  interface Window {
    /** Takes pictures of pieces whose address fits the page's query; for scripts. */
    lookBook?: {
      readonly shots: Promise<readonly Shot[]>;
      /** What the stage still holds once nothing is worn any more. */
      readonly undressed: () => Promise<MirrorMetrics>;
    };
  }
}

const query = new URLSearchParams(location.search);
const look = query.get('look');
const light = query.get('light');
const picture = sizes[query.get('size') === 'small' ? 'small' : 'large'];

let studio: Studio | null = null;

async function takeAll(): Promise<readonly Shot[]> {
  const config = await loadConfig((url) => fetch(url));
  const houses = config.maisons.filter(({ id }) => fits(query.get('maison'), id));
  const collections = await Promise.all(
    houses.map(({ id }) => loadCollection((url) => fetch(url), MaisonId.parse(id))),
  );
  if (config.models.face === null)
    throw new Error('The face of the visitor is shaped after the landmark model, which is missing here.');
  const bundle = await (await fetch(config.models.face.url)).arrayBuffer();
  studio = await openStudio(readCanonicalFace(new Uint8Array(bundle)), isLook(look) ? look : 'light');
  const shots: Shot[] = [];
  for (const collection of collections) {
    for (const piece of collection.catalogue.pieces.filter(({ id }) => fits(query.get('piece'), id))) {
      for (const shot of await takePiece(studio, collection, piece)) {
        shots.push(shot);
        show(shot);
      }
    }
  }
  return shots;
}

interface Studio {
  readonly mirror: MirrorMount;
  readonly stills: VisitorStills;
}

async function openStudio(face: CanonicalFace, lookName: VisitorLookName): Promise<Studio> {
  const container = document.querySelector<HTMLElement>('#stage');
  if (container === null) throw new Error('The page has no stage.');
  container.dataset['size'] = picture === sizes.small ? 'small' : 'large';
  const bytes = new Uint8Array(await (await fetch(`/${visitorModelPath}`)).arrayBuffer());
  const { prototype } = await loadModel(bytes);
  const scene = new VisitorScene(prototype, visitorLooks[lookName], picture.widthPx, picture.heightPx);
  const { drawn, seen } = galleryLight(isLight(light) ? light : 'boutique');
  scene.light(drawn);
  const noise = query.has('noise') ? Number(query.get('noise')) : null;
  const stills = createVisitorStills(
    scene,
    face,
    picture,
    { ...neutralEstimate, ...seen, noise },
    systemClock,
  );
  const asked = qualityRequestOf(location.search);
  const mirror = mountMirror(container, {
    tracker: stills,
    faceTriangles: face.triangles,
    quality: asked === 'auto' ? 'full' : asked,
  });
  await mirror.ready;
  return { mirror, stills };
}

async function takePiece(studio: Studio, { baseUrl }: Collection, piece: Piece): Promise<Shot[]> {
  const shots: Shot[] = [];
  if (query.has('bare')) {
    await studio.mirror.setPieces([]);
    for (const view of viewsOf(piece.category).filter(({ name }) => fits(query.get('view'), name))) {
      shots.push({ name: `${piece.id}.bare.${view.name}`, png: await takeView(studio, view) });
    }
  }
  const [first] = piece.variants;
  const variants = query.get('variants') === 'all' ? piece.variants : [first];
  for (const variant of variants) {
    if (variant === undefined) continue;
    await studio.mirror.setPiece({ url: `${baseUrl}${piece.modelPath}`, variant: variant.modelVariant });
    for (const view of viewsOf(piece.category).filter(({ name }) => fits(query.get('view'), name))) {
      say(`${piece.name}, ${variant.id}, ${view.name}`);
      shots.push({ name: `${piece.id}.${variant.id}.${view.name}`, png: await takeView(studio, view) });
    }
  }
  return shots;
}

/** Stands the visitor there until the piece has come wholly and hangs still. */
async function takeView({ mirror, stills }: Studio, view: GalleryView): Promise<Blob> {
  const begun = mirror.metrics().framesDrawn;
  for (let frame = 0; frame < mostFrames; frame += 1) {
    if (frame % 6 === 0) await stills.stand(view);
    await new Promise((done) => requestAnimationFrame(done));
    if (frame > 12 && mirror.metrics().framesDrawn - begun > 8) break;
  }
  return mirror.capturePng();
}

/** Whether a name contains one of the words of the query, or is the one that follows an equals sign. */
function fits(wanted: string | null, id: string): boolean {
  if (wanted === null) return true;
  return wanted.split(',').some((word) => (word.startsWith('=') ? id === word.slice(1) : id.includes(word)));
}

function show({ name, png }: Shot): void {
  const figure = document.createElement('figure');
  const image = document.createElement('img');
  image.src = URL.createObjectURL(png);
  image.alt = name;
  const caption = document.createElement('figcaption');
  caption.textContent = name;
  figure.append(image, caption);
  document.querySelector('#sheet')?.append(figure);
}

function say(words: string): void {
  const status = document.querySelector('#status');
  if (status) status.textContent = words;
}

const shots = takeAll();
window.lookBook = {
  shots,
  undressed: async () => {
    await shots;
    if (studio === null) throw new Error('No studio was opened.');
    await studio.mirror.setPieces([]);
    return studio.mirror.metrics();
  },
};
try {
  say(`${(await shots).length} pictures`);
} catch (fault) {
  say(fault instanceof Error ? fault.message : String(fault));
}
