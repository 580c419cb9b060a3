/**
 * Every piece on its turntable, and worn at fixed poses and lights by the kit's own visitor, as PNG: to be looked at, and compared by
 * tests.
 */
import type { Piece } from '../protocol/product.ts';
import { ManualClock } from '../sdk/core/clock.ts';
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
import { takePosters } from './posters.ts';
import type { Shot } from './shot.ts';
import type { StoryStudio } from './stories/take-stills.ts';
import { openTurntable, type Turntable } from './turntable.ts';
import { viewsOfPiece, type GalleryView } from './views.ts';
import { createVisitorStills, type VisitorStills } from './visitor-stills.ts';

/** For people, for a test that looks at where things are, and for one that holds every piece against a picture of it. */
const sizes = {
  large: { widthPx: 1_080, heightPx: 1_440 },
  small: { widthPx: 480, heightPx: 640 },
  tiny: { widthPx: 240, heightPx: 320 },
} as const;
type SizeName = keyof typeof sizes;
/** A prepared piece fades in, at the display's pace: within so much time, and seen whole by so many frames. */
const fadeMs = 250;
const leastFrames = 2;
/** A busy host takes many seconds over the first view's shaders; a view is not taken before it is drawn. */
const patienceMs = 120_000;
/** Hands of a watch stand apart, clear of the maker's name and of the calendar. */
const tenPastTenMs = new Date(2026, 0, 1, 10, 8, 36).getTime();

declare global {
  interface Window {
    /** Takes pictures of pieces whose address fits the page's query; for scripts. */
    lookBook?: {
      readonly shots: Promise<readonly Shot[]>;
      /** What the stage still holds once nothing is worn any more. */
      readonly undressed: () => Promise<MirrorMetrics>;
    };
    /** With `?stories`: takes the pictures of the houses' stories. */
    storyBook?: StoryStudio;
  }
}

const query = new URLSearchParams(location.search);
const look = query.get('look');
const sizeName = sizeOf(query.get('size'));
const picture = sizes[sizeName];
const light = query.get('light');

let studio: Studio | null = null;

async function takeAll(): Promise<readonly Shot[]> {
  const config = await loadConfig((url) => fetch(url));
  const houses = config.maisons.filter(({ id }) => fits(query.get('maison'), id));
  const collections = await Promise.all(
    houses.map(({ id }) => loadCollection((url) => fetch(url), MaisonId.parse(id))),
  );
  const shots: Shot[] = [];
  const keep = (shot: Shot): void => {
    shots.push(shot);
    show(shot);
  };
  if (query.has('posters')) {
    for (const collection of collections) {
      const pieces = collection.catalogue.pieces.filter(({ id }) => fits(query.get('piece'), id));
      if (pieces.length > 0) await takePosters(elementAt('#stage'), collection, pieces, keep);
    }
    return shots;
  }
  if (config.models.face === null)
    throw new Error('The face of the visitor is shaped after the landmark model, which is missing here.');
  const bundle = await (await fetch(config.models.face.url)).arrayBuffer();
  studio = await openStudio(readCanonicalFace(new Uint8Array(bundle)), isLook(look) ? look : 'light');
  if (query.has('bare') && fits(query.get('view'), 'studio')) {
    keep({ name: 'table.bare.studio', png: await studio.turntable.take(null) });
  }
  for (const collection of collections) {
    for (const piece of collection.catalogue.pieces.filter(({ id }) => fits(query.get('piece'), id))) {
      await takePiece(studio, collection, piece, keep);
    }
  }
  return shots;
}

interface Studio {
  readonly mirror: MirrorMount;
  readonly stills: VisitorStills;
  readonly turntable: Turntable;
}

function sizeOf(wanted: string | null): SizeName {
  return wanted === 'small' || wanted === 'tiny' ? wanted : 'large';
}

async function openStudio(face: CanonicalFace, lookName: VisitorLookName): Promise<Studio> {
  const [container, table] = [elementAt('#stage'), elementAt('#turntable')];
  document.body.dataset['size'] = sizeName;
  const bytes = new Uint8Array(await (await fetch(`/${visitorModelPath}`)).arrayBuffer());
  const { prototype } = await loadModel(bytes);
  const scene = new VisitorScene(prototype, visitorLooks[lookName], picture.widthPx, picture.heightPx);
  const { drawn, seen } = galleryLight(isLight(light) ? light : 'boutique');
  scene.light(drawn);
  const noise = query.has('noise') ? Number(query.get('noise')) : null;
  const stills = createVisitorStills(scene, face, picture, { ...neutralEstimate, ...seen, noise });
  const asked = qualityRequestOf(location.search);
  const mirror = mountMirror(container, {
    tracker: stills,
    faceTriangles: face.triangles,
    clock: new ManualClock(tenPastTenMs),
    quality: asked === 'auto' ? 'full' : asked,
  });
  await mirror.ready;
  return { mirror, stills, turntable: openTurntable(table) };
}

/** Views without a piece, which those of several categories share. */
const bareViews = new Map<GalleryView, Blob>();

async function takeBare(studio: Studio, view: GalleryView): Promise<Blob> {
  const png = bareViews.get(view) ?? (await takeView(studio, view));
  bareViews.set(view, png);
  return png;
}

function elementAt(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`The page has no ${selector}.`);
  return element;
}

async function takePiece(
  studio: Studio,
  { baseUrl }: Collection,
  piece: Piece,
  keep: (shot: Shot) => void,
): Promise<void> {
  if (query.has('bare')) {
    await studio.mirror.setPieces([]);
    for (const view of viewsOfPiece(piece).filter(({ name }) => fits(query.get('view'), name))) {
      keep({ name: `${piece.id}.bare.${view.name}`, png: await takeBare(studio, view) });
    }
  }
  const [first] = piece.variants;
  const variants = query.get('variants') === 'all' ? piece.variants : [first];
  for (const variant of variants) {
    if (variant === undefined) continue;
    const shown = { url: `${baseUrl}${piece.modelPath}`, variant: variant.modelVariant };
    if (fits(query.get('view'), 'studio')) {
      say(`${piece.name}, ${variant.id}, in the studio`);
      keep({ name: `${piece.id}.${variant.id}.studio`, png: await studio.turntable.take(shown) });
    }
    const views = viewsOfPiece(piece).filter(({ name }) => fits(query.get('view'), name));
    if (views.length > 0) await studio.mirror.setPiece(shown);
    for (const view of views) {
      say(`${piece.name}, ${variant.id}, ${view.name}`);
      keep({ name: `${piece.id}.${variant.id}.${view.name}`, png: await takeView(studio, view) });
    }
  }
}

/** Stands the visitor there until the piece has come wholly and hangs still. @throws Error when the stage draws nothing */
async function takeView({ mirror, stills }: Studio, view: GalleryView): Promise<Blob> {
  const begun = mirror.metrics();
  const begunAtMs = performance.now();
  for (let frame = 0; performance.now() - begunAtMs < patienceMs; frame += 1) {
    if (frame % 6 === 0) await stills.stand(view);
    await new Promise((done) => requestAnimationFrame(done));
    const isWhole = performance.now() - begunAtMs > fadeMs;
    const now = mirror.metrics();
    const frames = Math.min(now.framesDrawn - begun.framesDrawn, now.framesShown - begun.framesShown);
    if (isWhole && frames >= leastFrames) return mirror.capturePng();
  }
  throw new Error(`The stage drew nothing for the view ${view.name} within ${patienceMs / 1_000} s.`);
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

async function openLookBook(): Promise<void> {
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
  say(`${(await shots).length} pictures`);
}

async function openStoryBook(): Promise<void> {
  const { openStoryStudio } = await import('./stories/take-stills.ts');
  window.storyBook = openStoryStudio();
  say('The pictures of the stories are taken by `npm run gallery -- --stories`.');
}

try {
  await (query.has('stories') ? openStoryBook() : openLookBook());
} catch (fault) {
  say(fault instanceof Error ? fault.message : String(fault));
}
